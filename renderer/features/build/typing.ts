/** Whether keys belong to a text field of the room. The command palette's own field leaves them to the commands. */
export function isTyping(): boolean {
  const focused = document.activeElement
  return focused !== null && focused.matches('input, textarea') && focused.closest('[role="dialog"]') === null
}
