/**
 * Words that people put around a question, whatever it is about: who says so, where it came up, what kind of answer they
 * want. They are topics of some standards too (a review, a rule), so they count less and are not left out.
 */
export const framingWords: ReadonlySet<string> = new Set(
  (
    'actually already always another ask asked asking asks bad better code codebase colleague colleagues convention ' +
    'conventions correct correctly different everybody everyone file files good guideline guidelines idea instead look ' +
    'looking looks never new old people person possible pr practice practices project prs recommend recommendation ' +
    'recommended review reviewer reviewers reviewing rule rules said say saying says show shows standard standards team ' +
    'teammate teams think thinks thought today without work working works write writing written wrong'
  ).split(' '),
);
