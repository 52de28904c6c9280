const testName =
  /(?:\.(?:test|spec|e2e|cy|stories)\.[cm]?[jt]sx?|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py|_test\.go|(?:^|\/)[A-Z]\w*(?:Test|Tests|TestCase|IT|Spec)\.java)$/;
const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|specs|e2e|testing|testdata|src\/test)\//i;
const testContent =
  /\b(?:describe|it|test)(?:\.\w+)?\s*\(|\bimport\s+(?:unittest|pytest)\b|\bfrom\s+(?:unittest|pytest)\b|\bdef test_|@(?:Test|ParameterizedTest|BeforeEach)\b|\*testing\.[TBM]\b|\bassert(?:Equals?|That|True)?\s*\(/;

/** Whether a file holds tests: by its name, or by standing in a tests folder and looking like tests. */
export function isTestFile(path: string, text: string): boolean {
  return testName.test(path) || (testFolder.test(path) && testContent.test(text));
}
