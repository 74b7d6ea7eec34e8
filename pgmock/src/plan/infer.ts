// A generator from a column's name and type: what a developer would have written.

import { isInteger, isNumber, isText, type PgType } from '../schema/pg-type.ts'
import type { Column, Table } from '../schema/model.ts'

export type Inferred = {
  readonly generator: string
  readonly options: Readonly<Record<string, unknown>>
  /** For `explain`. */
  readonly why: string
}

type Rule = {
  /** Against the name in snake_case. */
  readonly name: RegExp
  readonly generator: string
  readonly types: 'text' | 'number' | 'time' | 'bool' | 'json' | 'uuid' | 'any'
  readonly options?: Readonly<Record<string, unknown>>
  /** Against the table's name, for words that mean different things in different tables. */
  readonly table?: RegExp
}

const PERSON =
  /(user|customer|person|people|contact|employee|member|author|buyer|patient|student|client|account|staff|profile|doctor|teacher|lead|recipient|subscriber|guest|driver|agent|owner)/
const PRODUCT = /(product|item|article|listing|variant|sku|goods|offer)/
const SHOP = /(shop|seller|store|vendor|merchant|supplier)/
const COMPANY = /(compan|organi[sz]ation|business|account|tenant|partner|employer|brand|manufacturer)/
const CATEGORY = /(categor|department)/

/** The first rule that fits wins: special words before general ones. */
const rules: readonly Rule[] = [
  { name: /(^|_)e_?mail(_address)?$/, generator: 'email', types: 'text' },
  { name: /(^|_)(first|given|fore)_?name$/, generator: 'first_name', types: 'text' },
  { name: /(^|_)(last|family|sur)_?name$/, generator: 'last_name', types: 'text' },
  {
    name: /(^|_)(full|display|contact|customer|recipient|cardholder|author|holder|billing|shipping|buyer|employee)_?name$/,
    generator: 'full_name',
    types: 'text',
  },
  { name: /(^|_)middle_?(name|initial)$/, generator: 'middle_initial', types: 'text' },
  { name: /(^|_)(user_?name|login|handle|nick_?name)$/, generator: 'username', types: 'text' },
  { name: /(^|_)(gender|sex)$/, generator: 'gender', types: 'text' },
  { name: /(^|_)(salutation|honorific|name_prefix)$/, generator: 'name_title', types: 'text' },
  { name: /(^|_)(birth_?(date|day)|date_of_birth|dob|born_on)$/, generator: 'birth_date', types: 'time' },
  { name: /(^|_)age$/, generator: 'age', types: 'number' },
  { name: /(^|_)(job_?title|occupation|profession|position)$/, generator: 'job_title', types: 'text' },
  { name: /(^|_)(phone|mobile|telephone|tel|cell|fax)(_?(number|no))?$/, generator: 'phone', types: 'text' },
  {
    name: /(^|_)(street_?address|street|address(_?line)?_?1?|addr1?|line_?1)$/,
    generator: 'street_address',
    types: 'text',
  },
  {
    name: /(^|_)(address(_?line)?_?2|addr2|line_?2|apartment|suite|unit)$/,
    generator: 'apartment',
    types: 'text',
  },
  { name: /(^|_)(full|postal|delivery|billing|shipping)_address$/, generator: 'full_address', types: 'text' },
  { name: /(^|_)(city|town|locality)$/, generator: 'city', types: 'text' },
  { name: /(^|_)(state|region|province)_code$/, generator: 'state_code', types: 'text' },
  { name: /(^|_)(region|province|county)$/, generator: 'state', types: 'text' },
  { name: /(^|_)(zip|zip_?code|post_?code|postal_?code|postal)$/, generator: 'postal_code', types: 'text' },
  { name: /(^|_)country_?(code|iso)?2?$/, generator: 'country_code', types: 'text' },
  { name: /(^|_)(lat|latitude)$/, generator: 'latitude', types: 'number' },
  { name: /(^|_)(lon|lng|long|longitude)$/, generator: 'longitude', types: 'number' },
  { name: /(^|_)(time_?zone|tz)$/, generator: 'timezone', types: 'text' },
  { name: /(^|_)currency(_?code)?$/, generator: 'currency_code', types: 'text' },
  { name: /(^|_)(language|lang)(_?code)?$/, generator: 'language', types: 'text' },
  { name: /(^|_)locale$/, generator: 'locale', types: 'text' },
  {
    name: /(^|_)(company|organi[sz]ation|employer|business|manufacturer)(_?name)?$/,
    generator: 'company',
    types: 'text',
  },
  { name: /(^|_)(shop|store|seller|vendor|merchant|supplier)_?name$/, generator: 'shop_name', types: 'text' },
  { name: /(^|_)industry$/, generator: 'industry', types: 'text' },
  { name: /(^|_)department$/, generator: 'department', types: 'text' },
  { name: /(^|_)(vat|tax)_?(id|number|no)$/, generator: 'vat_id', types: 'text' },
  { name: /(^|_)iban$/, generator: 'iban', types: 'text' },
  { name: /(^|_)(bic|swift)(_?code)?$/, generator: 'bic', types: 'text' },
  { name: /(^|_)(card_?)?last_?(4|four)$/, generator: 'card_last4', types: 'text' },
  { name: /(^|_)card_?(brand|type)$/, generator: 'card_brand', types: 'text' },
  { name: /(^|_)payment_?(method|type)$/, generator: 'payment_method', types: 'text' },
  { name: /(^|_)invoice_?(number|no)$/, generator: 'invoice_number', types: 'text' },
  { name: /(^|_)order_?(number|no|ref|reference)$/, generator: 'order_number', types: 'text' },
  { name: /(^|_)tracking_?(number|no|code)$/, generator: 'tracking_number', types: 'text' },
  { name: /(^|_)carrier$/, generator: 'carrier', types: 'text' },
  { name: /(^|_)(coupon|promo|voucher|discount)_?code$/, generator: 'coupon_code', types: 'text' },
  { name: /(^|_)sku$/, generator: 'sku', types: 'text' },
  { name: /(^|_)(ean|ean_?13|gtin|barcode|upc)$/, generator: 'ean13', types: 'text' },
  { name: /(^|_)product_?(name|title)$/, generator: 'product_name', types: 'text' },
  { name: /(^|_)category(_?name)?$/, generator: 'category', types: 'text' },
  { name: /(^|_)brand(_?name)?$/, generator: 'brand', types: 'text' },
  { name: /(^|_)colou?r_?(hex|code)$/, generator: 'color_hex', types: 'text' },
  { name: /(^|_)colou?r$/, generator: 'color', types: 'text' },
  { name: /(^|_)material$/, generator: 'material', types: 'text' },
  { name: /(^|_)size$/, generator: 'size', types: 'text' },
  { name: /(^|_)(rating|stars)$/, generator: 'rating', types: 'number' },
  { name: /(^|_)(quantity|qty)$/, generator: 'quantity', types: 'number' },
  {
    name: /(^|_)(stock|on_hand|in_stock|inventory)(_?(quantity|count|level))?$/,
    generator: 'stock',
    types: 'number',
  },
  { name: /(^|_)(discount|discount_percent|discount_rate)$/, generator: 'discount_percent', types: 'number' },
  { name: /(^|_)(cost|unit_cost|cost_price|purchase_price)(_cents)?$/, generator: 'cost', types: 'number' },
  {
    name: /(^|_)(price|unit_price|list_price|retail_price|amount|total|subtotal|fee|balance)(_cents)?$/,
    generator: 'price',
    types: 'number',
  },
  { name: /(^|_)weight(_g|_grams)?$/, generator: 'weight_grams', types: 'number' },
  { name: /(^|_)(url|website|link|homepage|web_?site)$/, generator: 'url', types: 'text' },
  { name: /(^|_)(domain|host|hostname)(_?name)?$/, generator: 'domain', types: 'text' },
  { name: /(^|_)(path|route|page)$/, generator: 'url_path', types: 'text' },
  { name: /(^|_)(ip|ip_?address|remote_addr|client_ip)$/, generator: 'ipv4', types: 'any' },
  { name: /(^|_)mac(_?address)?$/, generator: 'mac_address', types: 'any' },
  { name: /(^|_)user_?agent$/, generator: 'user_agent', types: 'text' },
  { name: /(^|_)(http_?)?method$/, generator: 'http_method', types: 'text' },
  { name: /(^|_)(http_?)?status_?code$/, generator: 'http_status', types: 'number' },
  { name: /(^|_)(mime_?type|content_?type|media_?type)$/, generator: 'mime_type', types: 'text' },
  { name: /(^|_)file_?name$/, generator: 'file_name', types: 'text' },
  { name: /(^|_)password(_?hash|_?digest)?$/, generator: 'password_hash', types: 'text' },
  {
    name: /(^|_)(token|secret|hash|checksum|digest|api_?key|fingerprint|etag|sha256|nonce)$/,
    generator: 'token',
    types: 'text',
  },
  { name: /(^|_)version$/, generator: 'version', types: 'text' },
  { name: /(^|_)slug$/, generator: 'category_slug', types: 'text', table: CATEGORY },
  { name: /(^|_)slug$/, generator: 'slug', types: 'text' },
  { name: /(^|_)review_?(title|headline)$/, generator: 'review_title', types: 'text' },
  { name: /^(title|headline|summary)$/, generator: 'review_title', types: 'text', table: /review/ },
  {
    name: /^(body|text|comment|content|review|review_text)$/,
    generator: 'review_text',
    types: 'text',
    table: /review/,
  },
  { name: /^(name|title)$/, generator: 'category', types: 'text', table: CATEGORY },
  { name: /^description$/, generator: 'category_description', types: 'text', table: CATEGORY },
  { name: /^(name|title)$/, generator: 'product_name', types: 'text', table: PRODUCT },
  { name: /^(description|details)$/, generator: 'product_description', types: 'text', table: PRODUCT },
  { name: /^(name|title)$/, generator: 'shop_name', types: 'text', table: SHOP },
  { name: /^(description|about)$/, generator: 'shop_description', types: 'text', table: SHOP },
  { name: /^name$/, generator: 'company', types: 'text', table: COMPANY },
  { name: /^name$/, generator: 'full_name', types: 'text', table: PERSON },
  { name: /(^|_)status$/, generator: 'status', types: 'text' },
  { name: /(^|_)(title|headline|subject|caption)$/, generator: 'headline', types: 'text' },
  {
    name: /(^|_)(description|body|content|bio|about|details|message|text)$/,
    generator: 'paragraph',
    types: 'text',
  },
  {
    name: /(^|_)(note|notes|comment|comments|remark|remarks|summary|reason)$/,
    generator: 'sentence',
    types: 'text',
  },
  { name: /(^|_)(name|label|tag|topic|keyword)$/, generator: 'words', types: 'text' },
  {
    name: /^(is_)?(active|enabled|published|verified|visible|confirmed)$/,
    generator: 'boolean',
    types: 'bool',
    options: { rate: 0.9 },
  },
  {
    name: /^(is_)?(deleted|archived|blocked|banned|disabled|locked|spam|test)$/,
    generator: 'boolean',
    types: 'bool',
    options: { rate: 0.03 },
  },
  {
    name: /(^|_)(updated|modified|changed|last_seen|last_login|seen)_?(at|on|date|time)?$/,
    generator: 'updated',
    types: 'time',
  },
  {
    name: /(^|_)(deleted|cancell?ed|archived|completed|finished|ended|closed|shipped|delivered|paid|resolved|confirmed|verified|approved|read|processed)_?(at|on|date|time)$/,
    generator: 'updated',
    types: 'time',
  },
  {
    name: /(^|_)(expires|expiry|valid_until|due|ends|expiration)_?(at|on|date)?$/,
    generator: 'future',
    types: 'time',
  },
]

/** Never fails: the type alone always gives something. */
export function infer({ name, type, settings }: Column, table: Table): Inferred {
  const snake = name.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()
  if (settings['values'] !== undefined) return because('values', '"values" lists them')
  if (settings['pattern'] !== undefined) return because('pattern', '"pattern" describes them')
  const plainNumber =
    isNumber(type) && ['min', 'max', 'mean', 'distribution'].some((key) => settings[key] !== undefined)
  if (plainNumber) return because('number', '"min", "max" or "distribution" describe it')
  for (const rule of rules) {
    if (
      !rule.name.test(snake) ||
      !fits(rule, type) ||
      (rule.table && !rule.table.test(table.name.toLowerCase()))
    )
      continue
    if (rule.generator === 'updated') return afterCreation(name, table)
    if (rule.generator === 'country_code' && !/code|iso/.test(snake) && (type.length ?? 99) > 3)
      return because('country', `the name ${name}`)
    if (tooShort(rule.generator, type)) continue
    return { generator: rule.generator, options: rule.options ?? {}, why: `the name ${name}` }
  }
  // "state" alone is a part of an address only beside the rest of one
  if (/(^|_)state$/.test(snake) && isText(type)) {
    const hasCity = [...table.columns.keys()].some((other) => /city|zip|postal/.test(other))
    if (hasCity) return because(type.length === 2 ? 'state_code' : 'state', `the name ${name} beside a city`)
    return because('status', `the name ${name}`)
  }
  return byType(type)
}

function fits({ types }: Rule, type: PgType): boolean {
  switch (types) {
    case 'text':
      return isText(type)
    case 'number':
      return isNumber(type)
    case 'time':
      return ['timestamp', 'timestamptz', 'date'].includes(type.kind)
    case 'bool':
      return type.kind === 'bool'
    case 'json':
    case 'uuid':
      return type.kind === types
    case 'any':
      return isText(type) || ['inet', 'cidr', 'macaddr'].includes(type.kind)
  }
}

/** `latitude numeric` needs places after the point; codes of two letters need no long column. */
function tooShort(generator: string, type: PgType): boolean {
  return (generator === 'latitude' || generator === 'longitude') && isInteger(type)
}

const BEGINNINGS = [
  'created_at',
  'placed_at',
  'ordered_at',
  'started_at',
  'opened_at',
  'inserted_at',
  'created_on',
  'createdAt',
  'created',
]

function afterCreation(name: string, table: Table): Inferred {
  const beginning = BEGINNINGS.find((candidate) => candidate !== name && table.columns.has(candidate))
  if (beginning === undefined) return because('timestamp', `the name ${name}`)
  return { generator: 'after', options: { of: beginning }, why: `the name ${name}, after ${beginning}` }
}

function byType(type: PgType): Inferred {
  const generator = BY_KIND[type.kind]
  return because(generator, `the type ${type.text}`)
}

const BY_KIND: Readonly<Record<PgType['kind'], string>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  text: 'words',
  varchar: 'words',
  char: 'token',
  bool: 'boolean',
  date: 'timestamp',
  time: 'time_of_day',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  interval: 'duration',
  uuid: 'uuid',
  json: 'json_object',
  jsonb: 'json_object',
  bytea: 'bytes',
  inet: 'ipv4',
  cidr: 'network',
  macaddr: 'mac_address',
  enum: 'values',
  array: 'values',
  other: 'words',
}

function because(generator: string, why: string): Inferred {
  return { generator, options: {}, why }
}
