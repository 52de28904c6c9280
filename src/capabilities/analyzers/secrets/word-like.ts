const word = /^(?:[a-z]+|[a-z]{2,}\d)$/i;
const figure = /^\d{1,4}(?:ms|s|m|min|h|d|days?|bits?|bytes?|kb|mb|chars?|characters?)?$/i;
/** Names with digits inside or in a row at their end. */
const knownName =
  /^(?:v\d{1,2}|s3|k8s|i18n|p256|ed25519|x509|base(?:32|64)(?:url)?|utf(?:8|16)|sha(?:1|256|384|512)|md5|[hrep]s(?:256|384|512)|aes(?:128|256)|oauth2|http2|argon2(?:id|i|d)|uuid(?:v?[1-7])?)$/i;
const between = /\?\.|->|::|[\s._\-/:|+,$\\]/;
const camelBorder = /(?<=[a-z\d])(?=[A-Z][a-z])/;
const caseBorder = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/** Whether a value is made of words, names and figures only: an identifier, a path of names, a term in prose. */
export function isWordLike(value: string): boolean {
  return value
    .split(between)
    .every(
      (part) =>
        !changesCaseLikeRandom(part) &&
        part
          .split(camelBorder)
          .every((each) => each === '' || word.test(each) || figure.test(each) || knownName.test(each)),
    );
}

/**
 * A name in camel case has words of 5 letters in the mean, and two and a half where the case is random: below 3 it is
 * taken for random, from 12 letters on, where few names are so short of letters.
 */
function changesCaseLikeRandom(part: string): boolean {
  const letters = part.replace(/\d/g, '').length;
  return letters >= 12 && letters / part.split(caseBorder).length < 3;
}

/** Whether a value is taken from elsewhere: a variable, a call, an element, a path, an address. */
export function isReference(value: string): boolean {
  if (
    /^(?:[a-z][a-z\d+.-]*:\/\/|(?:arn|vault|ssm|env|file):|\.{0,2}\/[\w.-]*\/|~\/|\/[\^[(\\]|[{([])/i.test(
      value,
    )
  )
    return true;
  if (/^(?:\$[{(]|\$env:|%\w+%|(?:process|import\.meta)\.env\b|os\.environ\b)/i.test(value)) return true;
  const [, path] = /^[!&*@$]?([a-z_$][\w$.:?]*)[([<]/i.exec(value) ?? [];
  return path !== undefined && isWordLike(path);
}
