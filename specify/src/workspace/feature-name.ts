/** `order-service/001`: the number of the folder's name if it has one, else the whole name. */
export function featureName(service: string | undefined, featureId: string): string {
  const number = /^(\d{8}-\d{6}|[A-Z]?\d{3,})(?=-|$)/.exec(featureId)?.[1] ?? featureId
  return service === undefined ? number : `${service}/${number}`
}
