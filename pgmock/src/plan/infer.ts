// A generator from a column's name and type: what a developer would have written.

import { isInteger, isNumber, isText, type PgType } from '../schema/pg-type.ts'
import type { Column, Table } from '../schema/model.ts'
import { generatorNamed } from '../values/registry.ts'

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

const POST = /(^|_)(post|article|blog|entr(y|ies)|stor(y|ies))/
const VITALS = /(vital|patient|observation|examination)/
const READING = /(reading|measurement|telemetry|sensor_data|metric|sample)/

/** The first rule that fits wins: special words before general ones. */
const rules: readonly Rule[] = [
  ...namedByTable(),
  { name: /(^|_)e_?mail(_address)?$/, generator: 'email', types: 'text' },
  { name: /(^|_)(first_?name|given_?name|fore_?name|fname)$/, generator: 'first_name', types: 'text' },
  { name: /(^|_)(last_?name|family_?name|surname|lname)$/, generator: 'last_name', types: 'text' },
  {
    name: /(^|_)(full|display|contact|customer|recipient|cardholder|author|holder|billing|shipping|buyer|employee|account_holder|patient|doctor|manager|owner|student|teacher|sender|attendee|guest)_?name$/,
    generator: 'full_name',
    types: 'text',
  },
  { name: /(^|_)middle_?(name|initial)$/, generator: 'middle_initial', types: 'text' },
  {
    name: /(^|_)(user_?name|login|nick_?name|screen_name|created_by|updated_by|deleted_by|modified_by|uploaded_by|approved_by)$/,
    generator: 'username',
    types: 'text',
  },
  { name: /(^|_)(gender|sex)$/, generator: 'gender', types: 'text' },
  {
    name: /(^|_)(salutation|honorific|name_prefix|title_of_courtesy)$/,
    generator: 'name_title',
    types: 'text',
  },
  { name: /(^|_)(birth_?(date|day)|date_of_birth|dob|born_on)$/, generator: 'birth_date', types: 'time' },
  { name: /(^|_)age$/, generator: 'age', types: 'number' },
  {
    name: /(^|_)(job_?title|contact_title|occupation|profession|designation|position)$/,
    generator: 'job_title',
    types: 'text',
  },
  {
    name: /(^|_)(phone|mobile|telephone|tel|cell|cellphone|fax|phone_?1|phone_?2|whatsapp)(_?(number|no))?$/,
    generator: 'phone',
    types: 'text',
  },
  { name: /(^|_)(full|postal|delivery|billing|shipping)_address$/, generator: 'full_address', types: 'text' },
  { name: /(^|_)street_?name$/, generator: 'street_name', types: 'text' },
  { name: /(^|_)(house|building)_?(number|no)$/, generator: 'house_number', types: 'text' },
  {
    name: /(^|_)(street_?address|street|address(_?line)?_?1?|addr1?|line_?1)$/,
    generator: 'street_address',
    types: 'text',
  },
  {
    name: /(^|_)(address(_?line)?_?2|addr2|line_?2|apartment|suite)$/,
    generator: 'apartment',
    types: 'text',
  },
  { name: /(^|_)(city|town|locality)$/, generator: 'city', types: 'text' },
  { name: /(^|_)(state|region|province)_(code|abbr|abbreviation)$/, generator: 'state_code', types: 'text' },
  {
    name: /(^|_)(region|province|county|state_name|state_region|district|territory_description)$/,
    generator: 'state',
    types: 'text',
  },
  { name: /(^|_)(zip|zip_?code|post_?code|postal_?code|postal)$/, generator: 'postal_code', types: 'text' },
  {
    name: /(^|_)(country_?(code|iso|name)?2?|nationality|origin_country|iso_?2)$/,
    generator: 'country_code',
    types: 'text',
  },
  { name: /(^|_)(lat|latitude)$/, generator: 'latitude', types: 'number' },
  { name: /(^|_)(lon|lng|long|longitude)$/, generator: 'longitude', types: 'number' },
  { name: /(^|_)(time_?zone|tz)$/, generator: 'timezone', types: 'text' },
  { name: /(^|_)currency(_?code)?$/, generator: 'currency_code', types: 'text' },
  { name: /(^|_)(language|lang)(_?code)?$/, generator: 'language', types: 'text' },
  { name: /(^|_)locale$/, generator: 'locale', types: 'text' },
  {
    name: /(^|_)(company|organi[sz]ation|employer|business|manufacturer|legal|tenant|workspace|client)(_?name)?$/,
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
    name: /(^|_)(price|unit_price|list_price|retail_price)(_cents)?$/,
    generator: 'price',
    types: 'number',
  },
  {
    name: /(^|_)(amount|total|sub_?total|fee|balance|budget|revenue|credit|debit|limit|tax|tip|deposit|grand_total|refund|payment|freight|spent|paid)_cents$/,
    generator: 'money',
    types: 'number',
    options: { min: 100, max: 2_000_000, mean: 24_000 },
  },
  {
    name: /(^|_)(amount|total|sub_?total|fee|balance|budget|revenue|credit_limit|debit|tax|tip|deposit|grand_total|refund|freight|spent)$/,
    generator: 'money',
    types: 'number',
  },
  { name: /(^|_)weight(_g|_grams)?$/, generator: 'weight_grams', types: 'number' },
  {
    name: /(^|_)(url|uri|website|link|homepage|web_?site|home_page|href|permalink_url)$/,
    generator: 'url',
    types: 'text',
  },
  { name: /(^|_)(domain|host|hostname)(_?name)?$/, generator: 'domain', types: 'text' },
  { name: /(^|_)(path|route|page)$/, generator: 'url_path', types: 'text' },
  {
    name: /(^|_)(ip|ip_?addr(ess)?|remote_addr(ess)?|client_ip|last_ip|inet)$/,
    generator: 'ipv4',
    types: 'any',
  },
  { name: /(^|_)mac(_?address)?$/, generator: 'mac_address', types: 'any' },
  { name: /(^|_)user_?agent$/, generator: 'user_agent', types: 'text' },
  { name: /(^|_)(http_?)?method$/, generator: 'http_method', types: 'text' },
  { name: /(^|_)(http_?)?status_?code$/, generator: 'http_status', types: 'number' },
  { name: /(^|_)(mime_?type|content_?type|media_?type)$/, generator: 'mime_type', types: 'text' },
  {
    name: /(^|_)(file_?name|original_name|attachment|file|document|file_?path|image|thumbnail|avatar|photo|picture|logo|cover|icon)$/,
    generator: 'file_name',
    types: 'text',
  },
  { name: /(^|_)password(_?hash|_?digest)?$/, generator: 'password_hash', types: 'text' },
  {
    name: /(^|_)(token|secret|hash|checksum|digest|api_?key|fingerprint|etag|sha256|nonce|salt|key_hash|md5|signature|session_id)$/,
    generator: 'token',
    types: 'text',
  },
  { name: /(^|_)version$/, generator: 'version', types: 'text' },
  ...moreNames(),
  { name: /(^|_)slug$/, generator: 'category_slug', types: 'text', table: CATEGORY },
  { name: /(^|_)(slug|permalink)$/, generator: 'slug', types: 'text' },
  { name: /(^|_)handle$/, generator: 'slug', types: 'text', table: PRODUCT },
  { name: /(^|_)handle$/, generator: 'username', types: 'text' },
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
    name: /(^|_)(description|desc|body|content|bio|biography|about|details|message|text|long_description|short_description)$/,
    generator: 'paragraph',
    types: 'text',
  },
  {
    name: /(^|_)(note|notes|comment|comments|remark|remarks|summary|reason|feedback|instructions|abstract|tagline|memo|question|answer|hint)$/,
    generator: 'sentence',
    types: 'text',
  },
  {
    name: /(^|_)(name|label|tag|topic|keyword|attribute|value|subtitle)$/,
    generator: 'words',
    types: 'text',
  },
  {
    name: /^(is_)?(active|activebool|enabled|published|verified|visible|confirmed|email_verified|available|approved|public|subscribed)$/,
    generator: 'boolean',
    types: 'bool',
    options: { rate: 0.9 },
  },
  {
    name: /^(is_)?(deleted|archived|blocked|banned|disabled|locked|spam|test|hidden|discontinued|suspended|flagged|system|giftcard|custom|admin|superuser|staff|default|primary|featured)$/,
    generator: 'boolean',
    types: 'bool',
    options: { rate: 0.03 },
  },
  {
    name: /(^|_)(updated|modified|changed|last_seen|last_login|seen|last_?(update|modified|access|activity|active|used)|updates?)_?(at|on|date|time|d)?$/,
    generator: 'updated',
    types: 'time',
  },
  {
    name: /(^|_)(deleted|cancell?ed|archived|completed|finished|ended|closed|shipped|delivered|paid|resolved|confirmed|verified|approved|read|processed|published|sent|received|return(ed)?|accepted|rejected|activated|last_sign_in|sign_in|captured|refunded|settled|fulfilled|answered|discharged|used|revoked|left|end|ended|finish|finished|check_?out)_?(at|on|date|time)$/,
    generator: 'updated',
    types: 'time',
  },
  {
    name: /(^|_)(expires|expiry|valid_until|valid_to|due|ends|expiration|renews?|renewal|next_\w+|trial_ends?|deadline|end|until|required)_?(at|on|date|time)?$/,
    generator: 'future',
    types: 'time',
  },
]

/** Never fails: the type alone always gives something, also where the name asks for what cannot be unique. */
export function infer(column: Column, table: Table, unique = false): Inferred {
  const guess = byNameOrType(column, table)
  const generator = generatorNamed(guess.generator)
  const fails = !generator?.fits.includes(column.type.kind) || (unique && generator.uniqueness === 'never')
  return fails ? byType(column.type) : guess
}

function byNameOrType({ name, type, settings }: Column, table: Table): Inferred {
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
    if (rule.generator === 'country_code' && !/code|iso|origin/.test(snake) && (type.length ?? 99) > 3)
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
  if (/(^|_)(id|uid|guid|uuid)$/.test(snake) && isText(type))
    return because((type.length ?? 99) >= 36 ? 'uuid' : 'token', `the name ${name}`)
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
  'start_date',
  'start_time',
  'starts_at',
  'valid_from',
  'check_in',
  'rental_date',
  'invited_at',
  'order_date',
  'invoice_date',
  'admitted_at',
  'issued_at',
  'submitted_at',
  'sent_at',
  'published_at',
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

/** Everyday words whose meaning hangs on the table they stand in. */
function namedByTable(): Rule[] {
  const text = (name: RegExp, generator: string, table: RegExp): Rule => ({
    name,
    generator,
    types: 'text',
    table,
  })
  const number = (name: RegExp, generator: string, table: RegExp): Rule => ({
    name,
    generator,
    types: 'number',
    table,
  })
  return [
    text(/^status$/, 'subscription_status', /subscription/),
    text(/^(status|payment_status)$/, 'payment_status', /^payments?$/),
    text(/^status$/, 'invoice_status', /invoice/),
    text(/^status$/, 'transaction_status', /transaction|transfer/),
    text(/^status$/, 'ticket_status', /ticket|issue|task/),
    text(/^status$/, 'post_status', POST),
    text(/^status$/, 'device_status', /device|sensor|gateway/),
    text(/^(type|kind)$/, 'transaction_type', /transaction/),
    text(/^(type|kind)$/, 'account_type', /account/),
    text(/^(type|kind)$/, 'sensor_type', /sensor/),
    text(/^(type|kind)$/, 'vehicle_type', /vehicle|fleet/),
    text(/^(type|kind|name)$/, 'event_name', /(^|_)events?$/),
    text(/^action$/, 'audit_action', /audit|activit/),
    text(/^level$/, 'log_level', /(^|_)logs?$/),
    text(/^message$/, 'log_message', /(^|_)logs?$/),
    text(/^message$/, 'alert_message', /alert|alarm/),
    text(/^(name|code|tier)$/, 'plan_name', /(^|_)plans?$/),
    text(/^name$/, 'role', /(^|_)roles?$/),
    text(/^(name|key)$/, 'permission', /permission/),
    text(/^(name|key|flag)$/, 'feature_key', /feature|flag/),
    text(/^(subject|title)$/, 'ticket_subject', /ticket|issue|support/),
    text(/^(title|name)$/, 'task_title', /task|todo/),
    text(/^(name|title)$/, 'project_name', /project/),
    text(/^(name|title)$/, 'blog_tag', /(^|_)tags?$/),
    text(/^(title|headline|name)$/, 'blog_title', POST),
    text(/^(body|content|text|markdown|html)$/, 'article_text', POST),
    text(/^(excerpt|summary|teaser|description)$/, 'excerpt', POST),
    text(/^(body|content|text|comment|message)$/, 'comment_text', /comment|repl(y|ies)/),
    text(/^(title|name)$/, 'book_title', /(^|_)books?$/),
    text(/^(title|name)$/, 'movie_title', /film|movie|show|episode/),
    text(/^(title|name)$/, 'song_title', /(^|_)(tracks?|songs?)$/),
    text(/^(title|name)$/, 'album_title', /album/),
    text(/^(title|name)$/, 'band_name', /artist|band/),
    text(/^name$/, 'music_genre', /genre/),
    text(/^(title|name)$/, 'course_title', /course|lesson|class(es)?$/),
    text(/^rating$/, 'film_rating', /film|movie/),
    text(/^(title|name)$/, 'event_title', /conference|meetup|workshop|session/),
    text(/^name$/, 'hotel_name', /hotel/),
    text(/^name$/, 'room', /(^|_)(rooms?|locations?|sites?)$/),
    text(/^name$/, 'ward', /ward/),
    text(/^name$/, 'medication', /medic|drug/),
    text(/^name$/, 'vaccine', /vaccin|immuni/),
    text(/^name$/, 'lab_test', /(^|_)labs?(_|$)/),
    text(/^(name|description)$/, 'medical_procedure', /procedure/),
    text(/^name$/, 'bank_name', /bank/),
    text(/^name$/, 'merchant', /merchant/),
    text(/^(code|symbol|ticker)$/, 'stock_ticker', /stock|securit|instrument|holding|quote/),
    text(/^(code|iso|id)$/, 'currency_code', /currenc/),
    text(/^name$/, 'currency_name', /currenc/),
    text(/^symbol(_native)?$/, 'currency_symbol', /currenc/),
    text(/^(code|iso)$/, 'country_code', /countr/),
    text(/^name$/, 'country', /countr/),
    text(/^name$/, 'city', /(^|_)cit(y|ies)$/),
    text(/^name$/, 'state', /(^|_)(regions?|states?|provinces?)$/),
    text(/^(code|locale)$/, 'locale', /locale/),
    text(/^name$/, 'language', /language/),
    text(/^(name|title)$/, 'department', /department/),
    text(/^(code)$/, 'coupon_code', /coupon|promotion|voucher|discount/),
    text(/^name$/, 'utm_campaign', /campaign/),
    text(/^name$/, 'dish', /dish|menu|recipe/),
    text(/^name$/, 'ingredient', /ingredient/),
    text(/^name$/, 'animal', /(^|_)(animals?|pets?)$/),
    text(/^(title|name)$/, 'job_title', /(^|_)(jobs?|positions?)$/),
    text(/^(make|manufacturer|brand)$/, 'vehicle_make', /(^|_)(vehicles?|cars?)$/),
    text(/^model$/, 'device_model', /device|sensor|gateway/),
    text(/^name$/, 'device_model', /device|gateway/),
    number(/^(height|height_cm)$/, 'height_cm', VITALS),
    number(/^(weight|weight_kg)$/, 'weight_kg', VITALS),
    number(/^temperature$/, 'body_temperature', VITALS),
    number(/^(value|reading|measurement)$/, 'reading', READING),
    number(/^limit$/, 'money', /budget|account|credit/),
  ]
}

/** Words that mean the same everywhere. */
function moreNames(): Rule[] {
  const text = (name: RegExp, generator: string): Rule => ({ name, generator, types: 'text' })
  const number = (
    name: RegExp,
    generator: string,
    options: Readonly<Record<string, unknown>> = {},
  ): Rule => ({
    name,
    generator,
    types: 'number',
    options,
  })
  return [
    text(/(^|_)payment_status$/, 'payment_status'),
    text(/(^|_)(account_(number|no)|acct_no)$/, 'account_number'),
    text(/(^|_)(routing_number|aba)$/, 'routing_number'),
    text(/(^|_)sort_code$/, 'sort_code'),
    text(/(^|_)(card_?number|credit_card|cc_?number|pan)$/, 'card_number'),
    text(/(^|_)(card_?expiry|expiry|exp_date)$/, 'card_expiry'),
    text(/(^|_)isin$/, 'isin'),
    text(/(^|_)(ticker|stock_symbol)$/, 'stock_ticker'),
    text(/(^|_)exchange$/, 'stock_exchange'),
    text(/(^|_)(bank|bank_name)$/, 'bank_name'),
    text(/(^|_)merchant$/, 'merchant'),
    text(/(^|_)(mcc|merchant_category_code)$/, 'mcc'),
    text(/(^|_)merchant_category$/, 'merchant_category'),
    text(/(^|_)account_type$/, 'account_type'),
    text(/(^|_)transaction_type$/, 'transaction_type'),
    text(/(^|_)(payment_terms|terms)$/, 'payment_terms'),
    text(/(^|_)loan_purpose$/, 'loan_purpose'),
    text(/(^|_)(risk_rating|credit_rating|rating_class)$/, 'risk_rating'),
    text(/(^|_)currency_?name$/, 'currency_name'),
    text(/(^|_)currency_symbol$/, 'currency_symbol'),
    text(
      /(^|_)(reference|ref|reference_(number|no|code)|external_(ref|reference)|transaction_(number|no))$/,
      'transaction_reference',
    ),
    text(/(^|_)(plan|plan_name|tier|subscription_plan)$/, 'plan_name'),
    text(/(^|_)(billing_period|billing_cycle|interval)$/, 'billing_period'),
    text(/(^|_)(role|user_role|role_name)$/, 'role'),
    text(/(^|_)permissions?$/, 'permission'),
    text(/(^|_)(priority|urgency)$/, 'priority'),
    text(/(^|_)severity$/, 'severity'),
    text(/(^|_)log_level$/, 'log_level'),
    text(/(^|_)(event|event_name|event_type|action|activity)$/, 'event_name'),
    text(/(^|_)(env|environment|stage)$/, 'environment'),
    text(/(^|_)browser$/, 'browser'),
    text(/(^|_)(os|operating_system|platform)$/, 'operating_system'),
    text(/(^|_)(device|device_type)$/, 'device_type'),
    text(/(^|_)(screen_)?resolution$/, 'screen_resolution'),
    text(/(^|_)utm_source$/, 'utm_source'),
    text(/(^|_)utm_medium$/, 'utm_medium'),
    text(/(^|_)(utm_campaign|campaign)$/, 'utm_campaign'),
    text(/(^|_)(referr?er|source|origin|lead_source)$/, 'referrer'),
    text(/(^|_)branch$/, 'git_branch'),
    text(/(^|_)(commit|commit_(hash|sha|id)|sha|sha1|revision)$/, 'commit_hash'),
    text(/(^|_)commit_message$/, 'commit_message'),
    text(/(^|_)licen[cs]e$/, 'license'),
    text(/(^|_)error_code$/, 'error_code'),
    text(/(^|_)(error|error_message)$/, 'log_message'),
    text(/(^|_)(endpoint|api_path)$/, 'http_path'),
    text(
      /(^|_)(entity|entity_type|resource_type|subject_type|target_type|object_type|model_type|trackable_type)$/,
      'entity_type',
    ),
    text(/(^|_)(channel|notification_type)$/, 'notification_channel'),
    text(/(^|_)project(_name)?$/, 'project_name'),
    text(/(^|_)(feature|feature_key|flag)$/, 'feature_key'),
    text(/(^|_)server$/, 'host_name'),
    text(/(^|_)(diagnosis|condition)$/, 'diagnosis'),
    text(/(^|_)(icd|icd_?10)(_code)?$/, 'icd10_code'),
    text(/(^|_)(medication|drug|medicine)(_name)?$/, 'medication'),
    text(/(^|_)(dosage|dose|strength)$/, 'dosage'),
    text(/(^|_)frequency$/, 'dose_frequency'),
    text(/(^|_)blood_?(type|group)$/, 'blood_type'),
    text(/(^|_)(specialty|speciality|specialization)$/, 'medical_specialty'),
    text(/(^|_)(allergy|allergies|allergen|substance)$/, 'allergy'),
    text(/(^|_)procedure(_name)?$/, 'medical_procedure'),
    text(/(^|_)(test_name|lab_test)$/, 'lab_test'),
    text(/(^|_)(symptoms?|chief_complaint)$/, 'symptom'),
    text(/(^|_)(insurance|insurance_(plan|provider|company))$/, 'insurance_plan'),
    text(/(^|_)vaccine(_name)?$/, 'vaccine'),
    text(/(^|_)ward$/, 'ward'),
    text(/(^|_)(mrn|medical_record_(number|no))$/, 'medical_record_number'),
    text(/(^|_)blood_pressure$/, 'blood_pressure'),
    text(/(^|_)marital_status$/, 'marital_status'),
    text(/(^|_)relationship$/, 'relationship'),
    text(/(^|_)(ssn|national_id|social_security_(number|no)|tax_?payer_id)$/, 'national_id'),
    text(/(^|_)passport(_?(number|no))?$/, 'passport_number'),
    text(/(^|_)initials$/, 'initials'),
    text(/(^|_)(hobby|hobbies|interests?)$/, 'hobby'),
    text(/(^|_)excerpt$/, 'excerpt'),
    text(/(^|_)genre$/, 'genre'),
    text(/(^|_)publisher$/, 'publisher'),
    text(/(^|_)composer$/, 'full_name'),
    text(
      /(^|_)(author|owner|manager|doctor|teacher|assignee|sender|recipient|contact|customer|employee|ship_name|driver|reviewer|by)$/,
      'full_name',
    ),
    text(/(^|_)(reaction|reaction_type)$/, 'reaction'),
    text(/(^|_)airline$/, 'airline'),
    text(/(^|_)(airport|airport_code|iata)$/, 'airport_code'),
    text(/(^|_)room_?type$/, 'room_type'),
    text(/(^|_)room$/, 'room'),
    text(/(^|_)(university|college)$/, 'university'),
    text(/(^|_)degree$/, 'degree'),
    text(/(^|_)grade$/, 'grade'),
    text(/(^|_)weekday|day_of_week$/, 'weekday'),
    text(/(^|_)month(_name)?$/, 'month_name'),
    text(/(^|_)emoji$/, 'emoji'),
    text(/(^|_)sensor_type$/, 'sensor_type'),
    text(/(^|_)(unit|unit_of_measure|uom)$/, 'unit'),
    text(/(^|_)(serial|serial_number|serial_no)$/, 'serial_number'),
    text(/(^|_)firmware(_version)?$/, 'firmware_version'),
    text(/(^|_)(license_plate|plate|registration)(_number)?$/, 'license_plate'),
    text(/(^|_)vin$/, 'vin'),
    text(/(^|_)fuel_?type$/, 'fuel_type'),
    text(/(^|_)(code|mid_code|hs_code|short_code|coupon)$/, 'code'),
    text(/(^|_)(type|kind)$/, 'kind'),
    number(/(^|_)(port)$/, 'port'),
    number(/(^|_)(file_?size|size|size_bytes|bytes|content_length)$/, 'bytes_size'),
    number(
      /(^|_)(duration_ms|latency|latency_ms|response_time|response_time_ms|elapsed_ms|milliseconds)$/,
      'latency_ms',
    ),
    number(/(^|_)(duration|duration_seconds|session_length)$/, 'session_seconds'),
    number(/(^|_)(heart_rate|pulse|bpm)$/, 'heart_rate'),
    number(/(^|_)(body_temperature)$/, 'body_temperature'),
    number(/(^|_)bmi$/, 'bmi'),
    number(/(^|_)(spo2|oxygen_saturation)$/, 'oxygen_saturation'),
    number(/(^|_)temperature$/, 'temperature'),
    number(/(^|_)humidity$/, 'humidity'),
    number(/(^|_)pressure$/, 'pressure_hpa'),
    number(/(^|_)battery(_level|_percent)?$/, 'battery_percent'),
    number(/(^|_)(signal|rssi|signal_strength)$/, 'signal_dbm'),
    number(/(^|_)voltage$/, 'voltage'),
    number(/(^|_)(power|watts)$/, 'power_watts'),
    number(/(^|_)speed$/, 'speed_kmh'),
    number(/(^|_)(altitude|elevation)$/, 'altitude_m'),
    number(/(^|_)(distance|mileage)(_km)?$/, 'distance_km'),
    number(/(^|_)co2$/, 'co2_ppm'),
    number(/(^|_)cpu(_percent|_usage)?$/, 'cpu_percent'),
    number(/(^|_)(interest_rate|apr|apy)$/, 'interest_rate'),
    number(/(^|_)(tax_rate|vat_rate)$/, 'tax_rate'),
    number(/(^|_)(exchange_rate|fx_rate)$/, 'exchange_rate'),
    number(/(^|_)(salary|annual_salary|income)$/, 'salary'),
    number(/(^|_)credit_score$/, 'credit_score'),
    number(
      /(^|_)(views?|view_count|hits|impressions|page_views|downloads?|download_count|visits)$/,
      'view_count',
    ),
    number(/(^|_)(likes?|like_count|upvotes|votes|shares|followers|followers_count|clicks)$/, 'like_count'),
    number(/(^|_)(year|release_year)$/, 'release_year'),
    number(/(^|_)(percent|percentage|pct|progress|completion)$/, 'percent'),
    number(/(^|_)(rate)$/, 'percent'),
    number(/(^|_)score$/, 'score'),
    number(/(^|_)(height|width|length|depth)(_cm)?$/, 'number', {
      min: 5,
      max: 200,
      distribution: 'lognormal',
    }),
    number(
      /(^|_)(position|rank|sort_?order|display_order|ordinal|seq|sequence|index|order|level|priority|step)$/,
      'number',
      {
        min: 1,
        max: 20,
        distribution: 'exponential',
      },
    ),
    number(
      /(^|_)(count|attempts|retries|visits_count|usage_count|points|num_\w+|\w+_count|units_\w+)$/,
      'number',
      {
        min: 0,
        max: 500,
        distribution: 'exponential',
      },
    ),
  ]
}
