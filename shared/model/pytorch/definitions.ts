import { calls } from './call.ts'

/** Python for what neither PyTorch nor bitorch has: written into the file where a module of the network calls it. */
const DEFINITIONS: Readonly<Record<string, readonly string[]>> = {
  Shift: [
    'class Shift(nn.Module):',
    '    """Adds a learned number to every channel, as in ReActNet."""',
    '',
    '    def __init__(self, channels):',
    '        super().__init__()',
    '        self.bias = nn.Parameter(torch.zeros(channels))',
    '',
    '    def forward(self, x):',
    '        return x + self.bias.view(1, -1, *[1] * (x.dim() - 2))',
  ],
  pact: [
    'def pact(bits, alpha):',
    '    """bitorch\'s Pact, whose bound would begin at 10."""',
    '    layer = Pact(bits)',
    '    nn.init.constant_(layer.alpha, alpha)',
    '    return layer',
  ],
  Residual: [
    'class Residual(nn.Module):',
    '    """Adds its shortcut to what its layers put out, or puts both side by side."""',
    '',
    '    def __init__(self, *layers, shortcut=None, concat=False):',
    '        super().__init__()',
    '        self.layers = nn.Sequential(*layers)',
    '        self.shortcut = shortcut or nn.Identity()',
    '        self.concat = concat',
    '',
    '    def forward(self, x):',
    '        around, inner = self.shortcut(x), self.layers(x)',
    '        return torch.cat([around, inner], dim=1) if self.concat else around + inner',
  ],
}

/** The definitions that these lines of Python need, ready to stand before them. */
export function definitionsFor(lines: readonly string[]): string[] {
  const code = Object.entries(DEFINITIONS).flatMap(([name, definition]) =>
    calls(lines, name) ? ['', ...definition, ''] : [],
  )
  return code.length > 0 ? [...code, ''] : []
}
