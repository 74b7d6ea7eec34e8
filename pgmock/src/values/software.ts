// Software as a service and the machines below it: plans, events, logs, commits, devices of visitors.

import { below, mix } from '../bytes/hash.ts'
import { number, plainCell, textOf, literal, word } from './cell.ts'
import { zipfDictionary } from '../bytes/dictionary.ts'
import { fromList, measure } from './from-list.ts'
import { NUMBER_KINDS, TEXT_KINDS, type Generator } from './generator.ts'
import { scaleOf, TEXT, valueTypeOf } from './value-type.ts'
import { software } from './words/software.ts'

const services = zipfDictionary(software.services)

export const softwareGenerators: readonly Generator[] = [
  fromList('plan_name', 'software', 'Free mostly, Starter, Pro, Enterprise', software.plans),
  fromList('subscription_status', 'software', 'active mostly', software.subscriptionStatuses),
  fromList('billing_period', 'software', 'monthly or yearly', software.billingPeriods),
  fromList('event_name', 'software', 'What a user did: page_viewed …', software.events),
  fromList('audit_action', 'software', 'What an audit log notes: member.invited …', software.auditActions),
  fromList('feature_key', 'software', 'Name of a feature flag', software.features),
  fromList('role', 'software', 'member mostly, admin, viewer, owner', software.roles),
  fromList('permission', 'software', 'projects:read …', software.permissions),
  fromList('priority', 'software', 'medium mostly, low, high, urgent', software.priorities),
  fromList('severity', 'software', 'info mostly, warning, error, critical', software.severities),
  fromList('log_level', 'software', 'info mostly', software.logLevels),
  fromList('log_message', 'software', 'A line of a server’s log', software.logMessages),
  fromList('ticket_status', 'software', 'closed mostly, open, in_progress …', software.ticketStatuses),
  fromList('ticket_subject', 'software', 'What a customer writes to support about', software.ticketSubjects),
  fromList('task_title', 'software', 'What somebody has to do', software.tasks),
  fromList('project_name', 'software', 'Name of a project', software.projects),
  fromList('environment', 'software', 'production, staging …', software.environments),
  fromList('region_name', 'software', 'Place of a data centre: eu-west-1', software.regions),
  fromList('browser', 'software', 'Chrome mostly', software.browsers),
  fromList('operating_system', 'software', 'Windows, iOS, Android …', software.systems),
  fromList('device_type', 'software', 'mobile, desktop, tablet', software.deviceTypes),
  fromList('screen_resolution', 'software', '1920x1080 …', software.resolutions),
  fromList('programming_language', 'software', 'TypeScript, Python …', software.languages),
  fromList('database_name', 'software', 'PostgreSQL …', software.databases),
  fromList('git_branch', 'software', 'main, feature/… ', software.branches),
  fromList('commit_message', 'software', 'What a change did', software.commits),
  fromList('license', 'software', 'SPDX identifier', software.licenses),
  fromList('referrer', 'software', 'Where a visitor came from', software.referrers),
  fromList('utm_source', 'software', 'Source of a campaign', software.utmSources),
  fromList('utm_medium', 'software', 'Medium of a campaign', software.utmMediums),
  fromList('utm_campaign', 'software', 'Name of a campaign', software.campaigns),
  fromList('notification_channel', 'software', 'email, push …', software.channels),
  fromList('error_code', 'software', 'TIMEOUT, NOT_FOUND …', software.errorCodes),
  fromList('http_path', 'software', 'Path of an API', software.apiPaths),
  fromList('webhook_event', 'software', 'invoice.paid …', software.webhooks),
  fromList(
    'login_provider',
    'software',
    'Who vouches for a login',
    'google, github, microsoft, apple, okta, saml',
  ),
  fromList(
    'payment_provider',
    'finance',
    'Who moves the money',
    'stripe, paypal, adyen, mollie, square, klarna',
  ),
  fromList('entity_type', 'software', 'Kind of thing a note is about', software.entities),
  {
    name: 'commit_hash',
    family: 'software',
    summary: 'Forty hexadecimal digits',
    fits: TEXT_KINDS,
    uniqueness: 'self',
    make: (context) => {
      const draw = context.draw()
      return plainCell(
        TEXT,
        (row) => {
          const first = draw(row)
          let text = ''
          for (let i = 0; i < 5; i++)
            text += (i === 0 ? first : mix(i, first, 0x2545f491)).toString(16).padStart(8, '0')
          return text
        },
        40,
      )
    },
  },
  {
    name: 'host_name',
    family: 'software',
    summary: 'Name of a server: api-07',
    fits: TEXT_KINDS,
    make: (context) => {
      const draw = context.draw('number')
      return textOf(
        word(services, context.draw()),
        literal('-'),
        number((row) => 1 + below(draw(row), 40), 2),
      )
    },
  },
  {
    name: 'port',
    family: 'software',
    summary: 'TCP port, the known ones more often',
    fits: ['int4', 'int8'],
    uniqueness: 'never',
    make: (context) => {
      const known = [443, 443, 80, 8080, 5432, 22, 3000, 6379, 25, 9092]
      const draw = context.draw()
      return plainCell(valueTypeOf(context.type), (row) => known[below(draw(row), known.length)]!)
    },
  },
  {
    name: 'bytes_size',
    family: 'software',
    summary: 'Size of a file in bytes, 200 B to 80 MB, mostly small',
    fits: NUMBER_KINDS,
    uniqueness: 'never',
    make: (context) => {
      const type = valueTypeOf(context.type)
      const draw = context.draw()
      const power = 10 ** scaleOf(type)
      const most = context.type.kind === 'int2' ? 2.2 : 5.6
      return plainCell(
        type,
        (row) => Math.round(200 * 10 ** ((draw(row) / 0x1_0000_0000) ** 1.5 * most)) * power,
      )
    },
  },
  measure('latency_ms', 'software', 'Milliseconds of a request: a long tail', {
    min: 1,
    max: 8000,
    mean: 120,
    shape: 'lognormal',
  }),
  measure('cpu_percent', 'software', 'Load of a processor', { min: 0, max: 100, mean: 32, stddev: 20 }),
  measure('session_seconds', 'software', 'Length of a visit', {
    min: 3,
    max: 7200,
    mean: 260,
    shape: 'lognormal',
  }),
]
