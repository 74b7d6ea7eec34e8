import type { Encoding } from './count-tokens.ts'

export type Model = {
  readonly encoding: Encoding
  /** Tokens of input and output together, as the maker documents it. */
  readonly window: number
  /** Whether the encoding is the model's own; makers who keep theirs to themselves are counted with the nearest. */
  readonly isOwnEncoding: boolean
}

const OPENAI = { encoding: 'o200k_base', isOwnEncoding: true } as const
const OTHERS = { encoding: 'o200k_base', isOwnEncoding: false } as const

/** Families of models, by the names people type. */
export const models: Readonly<Record<string, Model>> = {
  'gpt-5': { ...OPENAI, window: 400_000 },
  'gpt-4.1': { ...OPENAI, window: 1_047_576 },
  'gpt-4o': { ...OPENAI, window: 128_000 },
  o3: { ...OPENAI, window: 200_000 },
  'o4-mini': { ...OPENAI, window: 200_000 },
  'gpt-4-turbo': { encoding: 'cl100k_base', isOwnEncoding: true, window: 128_000 },
  'gpt-4': { encoding: 'cl100k_base', isOwnEncoding: true, window: 8192 },
  claude: { ...OTHERS, window: 200_000 },
  gemini: { ...OTHERS, window: 1_048_576 },
}
