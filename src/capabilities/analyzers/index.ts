export { analyze } from './analyze.ts';
export { describeRule } from './describe-rule.ts';
export type { RuleDescription, RuleExamples } from './describe-rule.ts';
export { listRules } from './list-rules.ts';
export { ruleNames } from './shipped-ids.ts';
export { runChecks } from './chosen/run-checks.ts';
export type {
  CheckReport,
  CheckRequest,
  OwnRule,
  RuleFinding,
  RuleProblem,
  RuleSet,
  ShippedRule,
} from './chosen/rule-set.ts';
export { tradesOf } from './chosen/rule-choice.ts';
export { isCode } from './families/is-code.ts';
export { redactSecrets, scanForSecrets } from './secrets/find-secrets.ts';
export type { FoundSecret } from './secrets/find-secrets.ts';
export { secretRule } from './secrets/secrets-analyzer.ts';
export { analyzerErrors } from './errors.ts';
export { severities, trades } from './evidence.ts';
export type {
  AnalysisProgress,
  AnalysisReport,
  AnalysisRequest,
  Evidence,
  Family,
  RuleChoice,
  RuleSummary,
  Severity,
  Suppression,
  Trade,
} from './evidence.ts';
