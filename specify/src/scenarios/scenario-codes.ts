/** Every code of the static check, and what goes wrong without it. */
export const scenarioCodes = {
  'hurl-syntax': 'A block that is not Hurl cannot run; neither here nor in Hurl itself.',
  'hurl-unsupported':
    'A part of Hurl this runner does not have (proxies, digest, HTTP/2 …); ignoring it would be a false pass.',
  'scenario-assert-type': 'An assert on a type the contract never sends can only fail.',
  'scenario-assert-value': 'An assert on a value the contract does not allow can only fail.',
  'scenario-body-mismatch': 'The example body, expected body or event payload breaks its schema.',
  'scenario-console-syntax': 'A console block without a command runs nothing.',
  'scenario-empty-block': 'A hurl block without a request proves nothing.',
  'scenario-event-syntax': 'An event block is `publish` or `expect`, an event type, and a payload in braces.',
  'scenario-jsonpath': 'The path is not a JSONPath (RFC 9535).',
  'scenario-media-type': 'The contract has no body of this type.',
  'scenario-missing-body': 'The operation requires a body.',
  'scenario-missing-credentials':
    'The operation asks for credentials, and a good answer is expected without any.',
  'scenario-missing-parameter': 'The operation requires a query parameter or header the request lacks.',
  'scenario-no-body': 'An assert or capture looks into a body the contract does not declare.',
  'scenario-parameter-value': 'The value of a parameter breaks its schema.',
  'scenario-undeclared-parameter':
    'A misspelled query parameter is mostly ignored, and the scenario tests something else.',
  'scenario-undeclared-property':
    'The scenario relies on a property the contract does not promise: spec and contract have drifted apart.',
  'scenario-undeclared-status': 'The scenario expects a status the contract does not promise.',
  'scenario-unexpected-body': 'The operation takes no body.',
  'scenario-unknown-event': 'No contract describes the event.',
  'scenario-unknown-method': 'The contract has the path, but not with this method.',
  'scenario-unknown-path': 'No contract has the path.',
  'scenario-unknown-variable': 'Nothing sets the variable before it is used: a misspelled capture.',
  'scenario-without-status': 'A request that expects nothing passes whatever the service answers.',
} as const

export type ScenarioCode = keyof typeof scenarioCodes
