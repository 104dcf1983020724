/** The limit: nothing can start sooner or answer faster. */
export const handler = async () => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: `{"message":"Hi, 'SILENTBYTE'. Your lucky numbers are:","numbers":[5,15,6,37,14,20,19,19,32,25]}`,
});
