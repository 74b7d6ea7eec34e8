// The commonest column names of real schemas (the published ones of Medusa, Pagila, Northwind and Chinook, and what shops,
// clinics, banks and blogs call their columns), each with the generator a developer would have picked.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOf } from '../../test/plan-of.ts'

/** table.column type generator; the table is left out where it does not matter. */
const COMMON = `
id text uuid
created_at timestamptz timestamp
updated_at timestamptz after
deleted_at timestamptz after
last_update timestamp after
modified_at timestamp after
metadata jsonb json_object
data jsonb json_object
settings json json_object
users.name text full_name
customers.name varchar(80) full_name
companies.name text company
organizations.name text company
products.name text product_name
categories.name text category
categories.description text category_description
products.title text product_name
products.description text product_description
projects.name text project_name
tags.name text blog_tag
roles.name text role
countries.name text country
countries.code char(2) country_code
cities.name text city
languages.name text language
stores.name text shop_name
genres.name text music_genre
artists.name text band_name
albums.title text album_title
tracks.name text song_title
films.title text movie_title
books.title text book_title
posts.title text blog_title
posts.content text article_text
posts.body text article_text
posts.excerpt text excerpt
posts.slug text slug
comments.body text comment_text
courses.title text course_title
tasks.title text task_title
tickets.subject text ticket_subject
reviews.title text review_title
reviews.body text review_text
reviews.comment text review_text
reviews.rating smallint rating
first_name text first_name
last_name text last_name
full_name text full_name
middle_name text middle_initial
firstname text first_name
lastName text last_name
display_name text full_name
contact_name varchar(30) full_name
contact_title varchar(30) job_title
title_of_courtesy varchar(25) name_title
username text username
login text username
nickname text username
email text email
email_address varchar(255) email
phone varchar(24) phone
phone_number text phone
mobile text phone
fax varchar(24) phone
gender char(1) gender
birth_date date birth_date
date_of_birth date birth_date
dob date birth_date
age integer age
job_title text job_title
position text job_title
address varchar(60) street_address
address1 text street_address
address_1 text street_address
address2 text apartment
address_line2 text apartment
street text street_address
billing_address text full_address
shipping_address text full_address
city text city
district text state
region varchar(15) state
province text state
province_code text state_code
state_name text state
postal_code varchar(10) postal_code
zip text postal_code
zip_code text postal_code
postcode text postal_code
country varchar(15) country
country_code text country_code
country_iso char(2) country_code
origin_country char(2) country_code
latitude numeric(9,6) latitude
longitude numeric(9,6) longitude
lat double_precision latitude
lng double_precision longitude
timezone text timezone
time_zone text timezone
currency char(3) currency_code
currency_code text currency_code
language text language
locale text locale
company text company
company_name varchar(40) company
industry text industry
department text department
vat_number text vat_id
iban text iban
bic text bic
url text url
website text url
home_page text url
avatar_url text url
image_url text url
thumbnail text file_name
domain text domain
ip_address inet ipv4
ip text ipv4
user_agent text user_agent
mac_address macaddr mac_address
referrer text referrer
password text password_hash
password_hash text password_hash
token text token
token_hash text token
api_key text token
secret text token
session_id text token
file_name text file_name
mime_type text mime_type
content_type text mime_type
file_size bigint bytes_size
version text version
sku text sku
barcode text ean13
ean text ean13
upc text ean13
handle text username
products.handle text slug
brand text brand
color text color
size text size
material text material
weight integer weight_grams
height numeric(8,2) number
width numeric(8,2) number
length numeric(8,2) number
price numeric(10,2) price
unit_price numeric(10,2) price
amount numeric(10,2) money
total numeric(10,2) money
subtotal numeric(12,2) money
balance numeric(14,2) money
tax numeric(10,2) money
freight numeric(10,2) money
cost numeric(10,2) cost
discount numeric(5,2) discount_percent
rate numeric(5,2) percent
tax_rate numeric(5,2) tax_rate
quantity integer quantity
qty integer quantity
stock integer stock
units_in_stock smallint stock
rank integer number
sort_order integer number
view_count integer view_count
likes integer like_count
score integer score
order_number text order_number
invoice_number text invoice_number
tracking_number text tracking_number
payment_method text payment_method
payment_status text payment_status
card_number text card_number
card_last4 text card_last4
account_number text account_number
reference text transaction_reference
external_id text uuid
code text code
promotions.code text coupon_code
coupon_code text coupon_code
status text status
orders.state text order_status
orders.status text order_status
version integer number
is_default integer values
discontinued integer values
provider text login_provider
idempotency_key text uuid
birth_date timestamp birth_date
addresses.state text state
invoices.status text invoice_status
subscriptions.status text subscription_status
tickets.status text ticket_status
transactions.type text transaction_type
type text kind
plan text plan_name
role text role
priority text priority
severity text severity
label text words
value text words
note text sentence
notes text sentence
comment text sentence
reason text sentence
description text paragraph
bio text bio
tickets.description text ticket_text
messages.body text message_text
visits.notes text clinical_note
message text paragraph
is_active boolean boolean
active boolean boolean
is_default boolean boolean
is_deleted boolean boolean
email_verified boolean boolean
expires_at timestamptz future
due_date date future
ends_at timestamptz future
starts_at timestamptz timestamp
start_date date timestamp
order_date date timestamp
payment_date timestamp timestamp
rental_date timestamp timestamp
hire_date date timestamp
shipped_date date after
shipped_at timestamptz after
completed_at timestamptz after
canceled_at timestamptz after
published_at timestamptz after
return_date timestamp after
last_login_at timestamptz after
verified_at timestamptz after
event_type text event_name
entity_type text entity_type
channel text notification_channel
source text referrer
duration integer session_seconds
release_year integer release_year
created_by text username
uuid uuid uuid
tags text[] words
serial_number text serial_number
temperature numeric(5,2) temperature
humidity numeric(5,2) humidity
blood_type text blood_type
diagnosis text diagnosis
icd10_code text icd10_code
medication text medication
dosage text dosage
license_plate text license_plate
salary numeric(10,2) salary
unit_of_measure text unit
unit text unit
`
  .trim()
  .split('\n')
  .map((line) => {
    const [path, type, generator] = line.split(' ')
    const [table, column] = path!.includes('.') ? path!.split('.') : ['things', path!]
    return { table: table!, column: column!, type: type!.replace('_', ' '), generator: generator! }
  })

test('of the 200 commonest column names at least 95 % get the generator a developer would pick', async () => {
  const wrong: string[] = []
  for (const { table, column, type, generator } of COMMON) {
    const guess = await inferred(table, column, type)
    if (guess !== generator) wrong.push(`${table}.${column} ${type}: ${guess}, not ${generator}`)
  }
  assert.ok(COMMON.length >= 200, `${COMMON.length} names`)
  assert.ok(wrong.length <= COMMON.length * 0.05, `${COMMON.length} names, wrong:\n${wrong.join('\n')}`)
})

test('a name that asks for too few values gives way where the column is unique', async () => {
  assert.equal(await inferred('things', 'country_code', 'text'), 'country_code')
  assert.equal(await inferred('things', 'country_code', 'text', true), 'words')
  assert.equal(await inferred('things', 'email', 'text', true), 'email')
})

test('a name that suggests a small range leaves room where the column is unique', async () => {
  for (const name of ['version', 'rank', 'is_default'])
    assert.equal(await inferred('things', name, 'integer', true), 'number')
})

test('a name whose generator does not make the type gives way to the type', async () => {
  assert.equal(await inferred('things', 'age', 'integer'), 'age')
  assert.equal(await inferred('things', 'age', 'numeric(4,1)'), 'number')
})

/** The generator that the plan of such a table says it uses. */
async function inferred(table: string, column: string, type: string, unique = false): Promise<string> {
  const columns = {
    row_id: { type: 'serial', primaryKey: true },
    created_at: { type: 'timestamptz' },
    ...(table === 'addresses' ? { city: { type: 'text' } } : {}),
    [column]: { type, unique },
  }
  const { tables } = await planOf({ [table]: { columns } })
  const { why } = tables[0]!.columns.find((one) => one.column.name === column)!
  return /^(?:up to four of )?(\w+)/.exec(why)![1]!
}

test('a total beside a quantity and a price is their product, unless something else changes it', async () => {
  const columns = {
    id: { type: 'serial', primaryKey: true },
    quantity: { type: 'integer' },
    unit_price: { type: 'numeric(10,2)' },
    total: { type: 'numeric(12,2)' },
  }
  const { tables } = await planOf({
    lines: { columns, rowCount: 200 },
    taxed: { columns: { ...columns, tax: { type: 'numeric(8,2)' } }, rowCount: 1 },
  })
  const [, quantity, price, total] = tables[0]!.columns
  for (let row = 0; row < 200; row++)
    assert.equal(total!.cell.value(row), Number(quantity!.cell.value(row)) * Number(price!.cell.value(row)))
  assert.match(total!.why, /^line_total, by the name total beside a quantity and a price/)
  assert.match(tables[1]!.columns.find(({ column }) => column.name === 'total')!.why, /^money/)
})

test('line_total without its factors is refused', async () => {
  const columns = { total: { type: 'integer', generator: 'line_total' } }
  await assert.rejects(planOf({ t: { columns } }), /line_total needs a quantity/)
})
