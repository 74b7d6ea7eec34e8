/** Where a test may kill this service: the mail server has the message and we have not written that. */
export const failPoints = ['notification:after-send'] as const
