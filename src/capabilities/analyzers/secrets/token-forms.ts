import { isWordLike } from './word-like.ts';

/** A secret told by its own form. The pattern's group `secret` is what is to be hidden. */
export interface TokenForm {
  kind: string;
  pattern: RegExp;
  isSecret?: (secret: string) => boolean;
}

const notWords = (secret: string) => !isWordLike(secret);

/** Tokens that services issue, each by its prefix. Bounded repetitions keep each pattern linear on hostile text. */
export const tokenForms: readonly TokenForm[] = [
  form('jwt', String.raw`eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}`),
  form('openai', String.raw`sk-[\w-]{20,}`, notWords),
  form('stripe', String.raw`[sr]k_(?:live|test)_[A-Za-z\d]{16,}`),
  form('gitlab', String.raw`glpat-[\w-]{20,}`, notWords),
  form('google-api-key', String.raw`AIza[\w-]{35}`),
  form('huggingface', String.raw`hf_[A-Za-z\d]{30,}`),
  form('digitalocean', String.raw`do[oprt]_v1_[A-Za-z\d]{20,}`),
  form('pypi', String.raw`pypi-[\w-]{30,}`, notWords),
  form('atlassian', String.raw`AT(?:ATT|CTT|BB)[\w=+/-]{20,}`, notWords),
  form('new-relic', String.raw`NR(?:AK|AA|II|IQ|JS|RA|SP)-[A-Za-z\d-]{15,}`, notWords),
  form('pulumi', String.raw`pul-[A-Za-z\d]{20,}`, notWords),
  form('planetscale', String.raw`pscale_[a-z]{2,12}_[\w.=-]{20,}`, notWords),
  form('terraform', String.raw`[A-Za-z\d]{8,40}\.atlasv1\.[\w=-]{20,}`, notWords),
  form('doppler', String.raw`dp\.[a-z]{2,8}(?:\.[\w-]{1,40})?\.[A-Za-z\d]{20,}`, notWords),
  form('square', String.raw`sq0[a-z]{3}-[\w-]{20,}`, notWords),
  form('square', String.raw`EAAA[\w-]{40,}`, (secret) => notWords(secret.slice('EAAA'.length))),
  form('okta', String.raw`SSWS[ \t]{1,4}[\w-]{20,}`, (secret) => notWords(secret.replace(/^SSWS\s+/, ''))),
  form('twilio', String.raw`SK[a-f\d]{32}(?!\w)`),
  form('xai', String.raw`xai-[A-Za-z\d]{20,}`, notWords),
  form('mailgun', String.raw`key-[A-Za-z\d]{32}(?!\w)`, notWords),
  form('age-secret-key', String.raw`(?:AGE-SECRET-KEY-1[A-Z\d]{20,}|age-secret-key-1[a-z\d]{20,})`),
  form('telegram-bot', String.raw`(?:bot)?\d{7,12}:AA[\w-]{30,}`),
  {
    kind: 'discord-webhook',
    pattern:
      /https:\/\/(?:[a-z]{2,10}\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{6,24}\/(?<secret>[\w-]{20,})/dgi,
    isSecret: notWords,
  },
  { kind: 'azure-account-key', pattern: /AccountKey\s?=\s?(?<secret>[A-Za-z\d+/]{40,}={0,2})/dgi },
];

function form(kind: string, shape: string, isSecret?: TokenForm['isSecret']): TokenForm {
  const pattern = new RegExp(String.raw`(?<![\w-])(?<secret>${shape})`, 'dg');
  return { kind, pattern, ...(isSecret && { isSecret }) };
}
