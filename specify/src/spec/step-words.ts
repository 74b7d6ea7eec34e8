// Words that open a step, in the languages seen in public specs and a few more; Gherkin's own lists were the guide.

export type StepWord = 'given' | 'when' | 'then' | 'more'

const WORDS: readonly (readonly [StepWord, string])[] = [
  [
    'given',
    'given, dado, dada, dados, dadas, sendo, soit, étant donné, étant donné que, angenommen, gegeben, gegeben sei, dato, data, gegeven, mając, zakładając, diketahui, biết, дано, допустим, 假如, 假设, 假設, 假定, 给定, 給定, 前提, 조건, 먼저, 주어진, 주어진 상황, 전제, بفرض, بافتراض, إذا كان',
  ],
  [
    'when',
    'when, quando, cuando, quand, lorsque, wenn, als, jeśli, gdy, ketika, khi, когда, если, 当, 當, もし, 만일, 만약, 언제, 때, 실행, متى, عندما',
  ],
  [
    'then',
    'then, então, entao, entonces, alors, dann, allora, dan, wtedy, maka, thì, тогда, то, 那么, 那麼, 则, 則, ならば, 그러면, 그때, 결과, اذاً, إذن, ثم, فإن',
  ],
  [
    'more',
    'and, or, but, e, ou, mas, y, o, pero, et, mais, und, oder, aber, ed, ma, en, of, maar, i, ale, và, и, или, но, 而且, 并且, 並且, 同时, 且, 和, 或, 但是, 但, かつ, または, しかし, 그리고, 또는, 하지만, و, أو, لكن',
  ],
]

const BY_WORD = new Map(
  WORDS.flatMap(([kind, words]) => words.split(', ').map((word) => [word, kind] as const)),
)

/** What kind of step a highlighted word opens: "**Given**", "**QUANDO:**"; undefined for any other text. */
export function stepWord(text: string): StepWord | undefined {
  return BY_WORD.get(
    text
      .trim()
      .replace(/[::,,、.]+$/, '')
      .trim()
      .toLowerCase(),
  )
}
