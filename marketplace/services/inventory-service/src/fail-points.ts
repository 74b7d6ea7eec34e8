/** Where the kill test ends this service: the change is committed, the answer not yet sent. */
export const failPoints = [
  'inventory:after-reserve',
  'inventory:after-confirm',
  'inventory:after-release',
] as const
