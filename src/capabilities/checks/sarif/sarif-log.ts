/** The part of SARIF 2.1.0 that is written here. Source: the OASIS standard; names are the standard's. */
export interface SarifLog {
  $schema: string;
  version: '2.1.0';
  runs: [SarifRun];
}

interface SarifRun {
  tool: { driver: { name: string; semanticVersion: string; rules: SarifRule[] } };
  invocations: [{ executionSuccessful: boolean; toolExecutionNotifications: SarifNotification[] }];
  originalUriBaseIds: Record<string, { description: SarifText }>;
  columnKind: 'utf16CodeUnits';
  results: SarifResult[];
}

interface SarifText {
  text: string;
}

/** One standard. */
export interface SarifRule {
  id: string;
  name: string;
  shortDescription: SarifText;
  fullDescription: SarifText;
  help: SarifText & { markdown: string };
  properties: { tags: string[] };
}

/** What was not looked at. */
export interface SarifNotification {
  level: 'note';
  message: SarifText;
}

/** One finding. */
export interface SarifResult {
  ruleId: string;
  /** Place of the rule in the driver's rules. */
  ruleIndex: number;
  level: 'error' | 'warning' | 'note';
  message: SarifText;
  locations: {
    physicalLocation: {
      artifactLocation: { uri: string; uriBaseId: string };
      region: { startLine: number; snippet: SarifText };
    };
  }[];
  partialFingerprints: { primaryLocationLineHash: string };
  properties: Record<string, string>;
  /** In all results of a run or in none, as the standard asks: empty where a result stands. */
  suppressions?: { kind: 'inSource'; justification: string }[];
}
