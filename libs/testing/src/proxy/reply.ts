import type { Call } from './call.ts';

/** An answer that the proxy makes itself. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonReply(value: unknown, status = 200): Reply {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify(value) };
}

/** An error as AWS words it in the call's protocol. */
export function errorReply({ protocol }: Call, code: string, message: string, status: number): Reply {
  const text = escapeXml(message);
  switch (protocol) {
    case 'query':
      return {
        status,
        type: 'text/xml',
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${text}</Message></Error><RequestId>proxy</RequestId></ErrorResponse>`,
      };
    case 'ec2':
      return {
        status,
        type: 'text/xml',
        body: `<Response><Errors><Error><Code>${code}</Code><Message>${text}</Message></Error></Errors><RequestID>proxy</RequestID></Response>`,
      };
    case 'json':
    case 'rest-json':
      return jsonReply({ __type: code, message, Message: message }, status);
    case 'rest-xml':
      return {
        status,
        type: 'application/xml',
        body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${text}</Message><RequestId>proxy</RequestId></Error>`,
      };
  }
}

/** A denial: each protocol has its own name for it. */
export function deniedReply(call: Call, message: string): Reply {
  switch (call.protocol) {
    case 'query':
      return errorReply(call, 'AccessDenied', message, 403);
    case 'ec2':
      return errorReply(call, 'UnauthorizedOperation', message, 403);
    case 'json':
      return errorReply(call, 'AccessDeniedException', message, 400);
    case 'rest-json':
      return errorReply(call, 'AccessDeniedException', message, 403);
    case 'rest-xml':
      return errorReply(call, 'AccessDenied', message, 403);
  }
}

/** Too many calls: each protocol has its own name for that, too. */
export function throttledReply(call: Call): Reply {
  switch (call.protocol) {
    case 'query':
      return errorReply(call, 'Throttling', 'Rate exceeded', 400);
    case 'ec2':
      return errorReply(call, 'RequestLimitExceeded', 'Request limit exceeded.', 503);
    case 'json':
      return errorReply(call, 'ThrottlingException', 'Rate exceeded', 400);
    case 'rest-json':
      return errorReply(call, 'TooManyRequestsException', 'Rate exceeded', 429);
    case 'rest-xml':
      return errorReply(call, 'SlowDown', 'Please reduce your request rate.', 503);
  }
}

/** That what is asked about is not there: each service has its own name for it. */
export function notFoundReply(call: Call): Reply {
  const message = 'What was asked for does not exist';
  switch (call.service) {
    case 'iam':
      return errorReply(call, 'NoSuchEntity', message, 404);
    case 's3':
      return errorReply(call, 'NoSuchBucket', message, 404);
    case 'kms':
      return errorReply(call, 'NotFoundException', message, 400);
    case 'sqs':
      return errorReply(call, 'QueueDoesNotExist', message, 400);
    case 'sns':
      return errorReply(call, 'NotFound', message, 404);
    case 'organizations':
      return errorReply(call, 'TargetNotFoundException', message, 400);
    case 'ec2':
      return errorReply(call, 'InvalidResourceID.NotFound', message, 400);
    default:
      return errorReply(call, 'ResourceNotFoundException', message, call.protocol === 'json' ? 400 : 404);
  }
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
