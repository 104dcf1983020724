// It would write Record<string, …>, which may not hold itself: https://github.com/microsoft/TypeScript/issues/41164
export default { codeGenConstructs: () => ({ RecordType: (key, value) => `{ [key: ${key}]: ${value} }` }) };
