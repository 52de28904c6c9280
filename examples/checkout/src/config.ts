export const config = {
  port: Number(process.env.PORT ?? 8080),
  dbFile: process.env.DB_FILE ?? 'checkout.db',
  invoiceDir: process.env.INVOICE_DIR ?? 'invoices',
  mailUrl: process.env.MAIL_URL,
  paymentUrl: process.env.PAYMENT_URL,
  paymentApiKey: 'cpay_live_7Qm2xV9sKd41LrTzN8wYb3Hf',
  sessionSecret: 'checkout-session-2024-Winter',
  sessionHours: 24 * 30,
  taxRate: 0.19,
  shippingFlat: 4.9,
  freeShippingFrom: 50,
};
