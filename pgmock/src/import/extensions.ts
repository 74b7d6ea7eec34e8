// What CREATE EXTENSION brings, as far as schemas name it. The comments are those of the extensions' control files.

type Extension = {
  readonly comment: string
  /** Types, functions and operator classes that schemas name. */
  readonly provides: readonly string[]
}

export const EXTENSIONS: Readonly<Record<string, Extension>> = {
  btree_gin: { comment: 'support for indexing common datatypes in GIN', provides: [] },
  btree_gist: { comment: 'support for indexing common datatypes in GiST', provides: [] },
  citext: { comment: 'data type for case-insensitive character strings', provides: ['citext'] },
  cube: { comment: 'data type for multidimensional cubes', provides: ['cube'] },
  dblink: { comment: 'connect to other PostgreSQL databases from within a database', provides: [] },
  earthdistance: {
    comment: 'calculate great-circle distances on the surface of the Earth',
    provides: ['earth', 'll_to_earth', 'earth_distance'],
  },
  fuzzystrmatch: {
    comment: 'determine similarities and distance between strings',
    provides: ['levenshtein', 'soundex', 'metaphone', 'dmetaphone'],
  },
  hstore: { comment: 'data type for storing sets of (key, value) pairs', provides: ['hstore'] },
  intarray: {
    comment: 'functions, operators, and index support for 1-D arrays of integers',
    provides: ['gist__int_ops', 'gin__int_ops'],
  },
  isn: {
    comment: 'data types for international product numbering standards',
    provides: ['isbn', 'ean13', 'issn', 'upc'],
  },
  ltree: {
    comment: 'data type for hierarchical tree-like structures',
    provides: ['ltree', 'lquery', 'ltxtquery'],
  },
  pg_stat_statements: {
    comment: 'track planning and execution statistics of all SQL statements executed',
    provides: [],
  },
  pg_trgm: {
    comment: 'text similarity measurement and index searching based on trigrams',
    provides: ['gin_trgm_ops', 'gist_trgm_ops', 'similarity', 'word_similarity'],
  },
  pgcrypto: {
    comment: 'cryptographic functions',
    provides: ['gen_random_bytes', 'digest', 'hmac', 'crypt', 'gen_salt'],
  },
  postgres_fdw: { comment: 'foreign-data wrapper for remote PostgreSQL servers', provides: [] },
  tablefunc: {
    comment: 'functions that manipulate whole tables, including crosstab',
    provides: ['crosstab', 'connectby', 'normal_rand'],
  },
  unaccent: { comment: 'text search dictionary that removes accents', provides: ['unaccent'] },
  'uuid-ossp': {
    comment: 'generate universally unique identifiers (UUIDs)',
    provides: [
      'uuid_generate_v1',
      'uuid_generate_v1mc',
      'uuid_generate_v3',
      'uuid_generate_v4',
      'uuid_generate_v5',
      'uuid_nil',
    ],
  },
  vector: {
    comment: 'vector data type and ivfflat and hnsw access methods',
    provides: ['vector', 'halfvec', 'sparsevec'],
  },
}
