export const encodings = ['o200k_base', 'cl100k_base'] as const
export type Encoding = (typeof encodings)[number]

/**
 * Counts the tokens of a text with a real tokenizer: o200k_base is that of GPT-4o and later, cl100k_base that of GPT-4.
 * Loaded when asked for: the tables take longer to read than most commands run.
 */
export async function tokenCounter(encoding: Encoding = 'o200k_base'): Promise<(text: string) => number> {
  const { countTokens } =
    encoding === 'o200k_base'
      ? await import('gpt-tokenizer/encoding/o200k_base')
      : await import('gpt-tokenizer/encoding/cl100k_base')
  // "<|endoftext|>" in a spec is text somebody wrote about tokens, not the end of anything.
  return (text) => countTokens(text, { disallowedSpecial: new Set() })
}
