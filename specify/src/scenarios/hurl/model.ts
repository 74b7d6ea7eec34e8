// A Hurl file as values. Hurl's language is described in its documentation under "Grammar" (hurl.dev).

/** In the file that holds the block; both 1-based. */
export type Place = { readonly line: number; readonly column: number }

export type Entry = { readonly request: Request; readonly response: Response | undefined }

export type Request = {
  readonly method: string
  readonly url: Template
  readonly headers: readonly KeyValue[]
  readonly query: readonly KeyValue[]
  readonly form: readonly KeyValue[]
  readonly multipart: readonly MultipartField[]
  readonly cookies: readonly KeyValue[]
  readonly basicAuth: KeyValue | undefined
  readonly options: readonly Option[]
  readonly body: Body | undefined
  readonly at: Place
}

export type Response = {
  /** `HTTP/1.1`, or `HTTP` for any. */
  readonly version: string
  /** Undefined for `HTTP *`. */
  readonly status: number | undefined
  readonly headers: readonly KeyValue[]
  readonly captures: readonly Capture[]
  readonly asserts: readonly Assert[]
  readonly body: Body | undefined
  readonly at: Place
}

export type Template = { readonly parts: readonly TemplatePart[]; readonly at: Place }

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expr'; readonly expr: Expr }

/** `{{name filter filter}}`; a name can be a variable or one of Hurl's functions. */
export type Expr = { readonly name: string; readonly filters: readonly Filter[]; readonly at: Place }

export type KeyValue = { readonly name: Template; readonly value: Template; readonly at: Place }

export type MultipartField =
  | { readonly kind: 'text'; readonly name: Template; readonly value: Template; readonly at: Place }
  | {
      readonly kind: 'file'
      readonly name: Template
      readonly file: Template
      readonly contentType: string | undefined
      readonly at: Place
    }

export type Option = { readonly name: string; readonly value: Template; readonly at: Place }

export type Body =
  | {
      readonly kind: 'json'
      readonly node: JsonNode
      readonly source: readonly JsonPiece[]
      readonly at: Place
    }
  | { readonly kind: 'text'; readonly language: string; readonly text: Template; readonly at: Place }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly at: Place }
  | { readonly kind: 'file'; readonly file: Template; readonly at: Place }

/** A JSON body as written, for sending: an expression inside quotes is escaped, outside printed as JSON. */
export type JsonPiece = string | { readonly expr: Expr; readonly quoted: boolean }

/** A JSON body as a tree, for checking: templates are holes any value may fill. */
export type JsonNode = { readonly at: Place } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly text: Template }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'hole'; readonly expr: Expr }
)

export type JsonMember = { readonly name: string; readonly value: JsonNode; readonly at: Place }

export type Query = {
  readonly name: string
  readonly args: readonly Literal[]
  readonly filters: readonly Filter[]
  readonly at: Place
  /** As written, for reports. */
  readonly source: string
}

export type Filter = { readonly name: string; readonly args: readonly Literal[]; readonly at: Place }

export type Predicate = {
  readonly not: boolean
  /** The word form: `==` for `equals` too. */
  readonly name: string
  readonly value: Literal | undefined
  readonly at: Place
}

export type Capture = {
  readonly name: Template
  readonly query: Query
  readonly redact: boolean
  readonly at: Place
}

export type Assert = {
  readonly query: Query
  readonly predicate: Predicate
  readonly at: Place
  readonly source: string
}

export type Literal =
  | { readonly kind: 'string'; readonly text: Template }
  | { readonly kind: 'regex'; readonly pattern: string }
  | {
      readonly kind: 'number'
      readonly value: number
      readonly float: boolean
      /** Where `value` cannot hold all digits of a whole number. */
      readonly whole?: bigint
    }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly file: Template }
  | { readonly kind: 'expr'; readonly expr: Expr }

/** The text of a template without expressions; undefined when it has some. */
export function plainText(template: Template): string | undefined {
  let text = ''
  for (const part of template.parts) {
    if (part.kind === 'expr') return undefined
    text += part.text
  }
  return text
}

/** A template as its author wrote it, near enough to name it in a message. */
export function describeTemplate({ parts }: Template): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : `{{${part.expr.name}}}`)).join('')
}
