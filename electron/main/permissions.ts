import type { Session } from 'electron'

/** The lab needs no camera, place, notification or device, so nothing that asks for one is right. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
