/** Where a test may kill this service: inside the transaction that appends, and after it but before the answer. */
export const failPoints = ['order:after-append', 'order:after-commit'] as const
