// The words of Hurl's language and what follows each. Parser, runner and static check read the same tables.

export type ArgKind = 'string' | 'pattern' | 'integer' | 'value' | 'number-or-string' | 'string-or-bytes'

type Words = Readonly<Record<string, readonly ArgKind[]>>

export const queries: Words = {
  status: [],
  version: [],
  url: [],
  ip: [],
  header: ['string'],
  cookie: ['string'],
  body: [],
  bytes: [],
  rawbytes: [],
  jsonpath: ['string'],
  regex: ['pattern'],
  variable: ['string'],
  duration: [],
  sha256: [],
  md5: [],
  redirects: [],
  xpath: ['string'],
  certificate: ['string'],
}

export const filters: Words = {
  base64Decode: [],
  base64Encode: [],
  base64UrlSafeDecode: [],
  base64UrlSafeEncode: [],
  count: [],
  dateFormat: ['string'],
  daysAfterNow: [],
  daysBeforeNow: [],
  decode: ['string'],
  first: [],
  format: ['string'],
  htmlEscape: [],
  htmlUnescape: [],
  jsonpath: ['string'],
  last: [],
  location: [],
  nth: ['integer'],
  regex: ['pattern'],
  replace: ['pattern', 'string'],
  replaceRegex: ['pattern', 'string'],
  split: ['string'],
  toDate: ['string'],
  toFloat: [],
  toHex: [],
  toInt: [],
  toString: [],
  urlDecode: [],
  urlEncode: [],
  urlQueryParam: ['string'],
  utf8Decode: [],
  utf8Encode: [],
  xpath: ['string'],
}

export const predicates: Words = {
  '==': ['value'],
  '!=': ['value'],
  '>': ['number-or-string'],
  '>=': ['number-or-string'],
  '<': ['number-or-string'],
  '<=': ['number-or-string'],
  startsWith: ['string-or-bytes'],
  endsWith: ['string-or-bytes'],
  contains: ['value'],
  includes: ['value'],
  matches: ['pattern'],
  exists: [],
  isEmpty: [],
  isBoolean: [],
  isCollection: [],
  isDate: [],
  isFloat: [],
  isInteger: [],
  isIpv4: [],
  isIpv6: [],
  isIsoDate: [],
  isList: [],
  isNumber: [],
  isObject: [],
  isString: [],
  isUuid: [],
}

/** Old spellings: Hurl read them until version 7. */
export const predicateAliases: Readonly<Record<string, string>> = {
  equals: '==',
  notEquals: '!=',
  greaterThan: '>',
  greaterThanOrEquals: '>=',
  lessThan: '<',
  lessThanOrEquals: '<=',
}

/** For hints: any word in capitals is a method. */
export const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
] as const

/** Section name → what it holds. */
export const requestSections: Readonly<
  Record<string, 'query' | 'form' | 'multipart' | 'cookies' | 'basicAuth' | 'options'>
> = {
  Query: 'query',
  QueryStringParams: 'query',
  Form: 'form',
  FormParams: 'form',
  Multipart: 'multipart',
  MultipartFormData: 'multipart',
  Cookies: 'cookies',
  BasicAuth: 'basicAuth',
  Options: 'options',
}

export const responseSections: Readonly<Record<string, 'captures' | 'asserts'>> = {
  Captures: 'captures',
  Asserts: 'asserts',
}

export type OptionKind = 'boolean' | 'integer' | 'duration' | 'text' | 'definition'

/** Options the runner acts on. */
export const options: Readonly<Record<string, OptionKind>> = {
  cacert: 'text',
  cert: 'text',
  compressed: 'boolean',
  'connect-timeout': 'duration',
  'connect-to': 'text',
  delay: 'duration',
  header: 'text',
  insecure: 'boolean',
  key: 'text',
  location: 'boolean',
  'location-trusted': 'boolean',
  'max-redirs': 'integer',
  'max-time': 'duration',
  'path-as-is': 'boolean',
  repeat: 'integer',
  resolve: 'text',
  retry: 'integer',
  'retry-interval': 'duration',
  skip: 'boolean',
  'unix-socket': 'text',
  user: 'text',
  variable: 'definition',
}

/** Options that change what is shown or how the wire is used, not what is true: read and passed over. */
export const optionsWithoutEffect: Readonly<Record<string, OptionKind>> = {
  'http1.0': 'boolean',
  'http1.1': 'boolean',
  ipv4: 'boolean',
  ipv6: 'boolean',
  'limit-rate': 'integer',
  output: 'text',
  verbose: 'boolean',
  verbosity: 'text',
  'very-verbose': 'boolean',
}

/** Real options of Hurl that this runner refuses rather than ignores. */
export const unsupportedOptions: readonly string[] = [
  'aws-sigv4',
  'digest',
  'http2',
  'http3',
  'negotiate',
  'netrc',
  'netrc-file',
  'netrc-optional',
  'noproxy',
  'ntlm',
  'pinnedpubkey',
  'proxy',
]

export const cookieAttributes = [
  'Value',
  'Expires',
  'Max-Age',
  'Domain',
  'Path',
  'Secure',
  'HttpOnly',
  'SameSite',
]

export const certificateFields = [
  'Subject',
  'Issuer',
  'Start-Date',
  'Expire-Date',
  'Serial-Number',
  'Subject-Alt-Name',
  'Value',
] as const

export type CertificateField = (typeof certificateFields)[number]

/** Functions that templates may call. */
export const functions = ['newUuid', 'newDate'] as const
