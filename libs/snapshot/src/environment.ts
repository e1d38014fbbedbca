/** Where S3 answers, for an emulator: the SDK's own variables. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
export function s3Endpoint(): string | undefined {
  return process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL'] || undefined;
}
