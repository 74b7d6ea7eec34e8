// What specify/node20.js adds to Node 20: the compiler may take it for given.

interface MapConstructor {
  groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]>
}

interface RegExpConstructor {
  escape(text: string): string
}
