export { countTokens, loadTokenCounter, tokenizerName } from './count-tokens.ts';
