import type { ServiceDefinition } from './platform/service.ts'

/** Everything that can be started, in the order it is worth starting. The web comes last: it needs the gateway. */
export const services: Readonly<Record<string, () => Promise<ServiceDefinition>>> = {
  'payment-provider': async () =>
    (await import('./simulators/payment-provider/src/service.ts')).paymentProvider,
  mailbox: async () => (await import('./simulators/mailbox/src/service.ts')).mailbox,
  'auth-service': async () => (await import('./services/auth-service/src/service.ts')).authService,
  'catalog-service': async () => (await import('./services/catalog-service/src/service.ts')).catalogService,
  'inventory-service': async () =>
    (await import('./services/inventory-service/src/service.ts')).inventoryService,
  'cart-service': async () => (await import('./services/cart-service/src/service.ts')).cartService,
  'payment-service': async () => (await import('./services/payment-service/src/service.ts')).paymentService,
  'order-service': async () => (await import('./services/order-service/src/service.ts')).orderService,
  'checkout-service': async () =>
    (await import('./services/checkout-service/src/service.ts')).checkoutService,
  'notification-service': async () =>
    (await import('./services/notification-service/src/service.ts')).notificationService,
  'review-service': async () => (await import('./services/review-service/src/service.ts')).reviewService,
  'search-service': async () => (await import('./services/search-service/src/service.ts')).searchService,
  gateway: async () => (await import('./services/gateway/src/service.ts')).gateway,
  web: async () => (await import('./web/service.ts')).web,
}
