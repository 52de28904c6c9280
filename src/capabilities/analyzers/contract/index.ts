export { mayHoldSecret } from './may-hold-secret.ts';
