/** How people name an order on pages, in e-mails and on the telephone: the random end of its id, in capitals. */
export function orderNumber(orderId: string): string {
  return orderId.slice(-12).toUpperCase()
}
