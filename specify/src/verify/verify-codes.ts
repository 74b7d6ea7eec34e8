/** Every code of `specify verify`, and why it matters. */
export const verifyCodes = {
  'verify-absent-found': 'What does not exist is answered as if it did.',
  'verify-acknowledged':
    'A finding somebody has taken upon himself in contracts/acknowledged.yaml, with the reason.',
  'verify-acknowledgement': 'An acknowledgement that is incomplete, over, or fits nothing any more.',
  'verify-auth-ignored':
    'The contract asks for credentials; the service answers without them, or with wrong ones.',
  'verify-conditional':
    'A conditional request (If-None-Match, If-Match) is answered as if the condition were not there.',
  'verify-content-type': 'The answer is of a type the contract does not name: readers cannot parse it.',
  'verify-filter-ignored': 'A list holds what the request filtered out.',
  'verify-idempotency': 'The same request with the same idempotency key is carried out twice.',
  'verify-incomplete': 'The run ended before every request was sent; the message says why.',
  'verify-invalid-accepted': 'A request that breaks the contract in one place is accepted.',
  'verify-leak': 'An error shows a stack, a path or a statement of the database to whoever asks.',
  'verify-limit-ignored': 'A list is longer than the limit the request asked for.',
  'verify-media-type-accepted': 'A body of a type the contract does not name is accepted.',
  'verify-method-accepted': 'A method the contract does not have is accepted.',
  'verify-never-succeeded': 'No request got a good answer: what comes after it was not looked at.',
  'verify-no-answer': 'The service broke the connection or took too long.',
  'verify-not-deleted': 'What was deleted can still be read.',
  'verify-not-stored': 'What is read is not what was written.',
  'verify-problem-status': 'The `status` in the problem body is not the status of the answer (RFC 9457).',
  'verify-response-body': 'The body of an answer breaks its schema.',
  'verify-response-header': 'A header the contract promises is missing or breaks its schema.',
  'verify-server-error': 'A request makes the service fail (5xx).',
  'verify-undocumented-status': 'The service answers with a status the contract does not name.',
  'verify-valid-refused': 'A request that fits the contract is refused as invalid.',
} as const

export type VerifyCode = keyof typeof verifyCodes
