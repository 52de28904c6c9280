const testName =
  /(?:\.(?:test|spec|tst|test-d|e2e|cy|stories)\.[cm]?[jt]sx?|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py|_test\.go|(?:^|\/)[A-Z]\w*(?:Test|Tests|TestCase|IT|Spec)\.java)$/;
/** What stands in these is there for tests, fixtures and settings included. */
const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|testdata|src\/test)\//i;
/** These may also hold a product's own code: a specification, a testing library. */
const perhapsTestFolder = /(?:^|\/)(?:specs?|e2e|testing|fixtures)\//i;
const testContent =
  /\b(?:describe|it|test)(?:\.\w+)?\s*\(|\bimport\s+(?:unittest|pytest)\b|\bfrom\s+(?:unittest|pytest)\b|\bdef test_|@(?:Test|ParameterizedTest|BeforeEach)\b|\*testing\.[TBM]\b|\bassert(?:Equals?|That|True)?\s*\(/;

/** Whether a file belongs to the tests: by its name, its folder, or a likely folder and looking like tests. */
export function isTestFile(path: string, text: string): boolean {
  return (
    testName.test(path) || testFolder.test(path) || (perhapsTestFolder.test(path) && testContent.test(text))
  );
}
