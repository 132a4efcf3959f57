import type { Connection } from '../../core/connection/connection';
import type { HostError } from './hostError';

/** Whether one of the host's codes is meant by `pattern`. */
export function has(error: HostError, pattern: RegExp): boolean {
	return error.codes.some(code => pattern.test(code));
}

/** Whether the host's words hold `pattern`, in capitals or not. */
export function says({ message = '' }: HostError, pattern: RegExp): boolean {
	return new RegExp(pattern.source, 'i').test(message);
}

/** The host's words as the end of a message; empty when it said none. */
export function quote({ message }: HostError): string {
	return message === undefined ? '' : ` It says: “${message}”`;
}

/** Host name of a connection, which is how a person finds the resource in a portal. */
export function hostOf({ origin }: Connection): string {
	return URL.canParse(origin) ? new URL(origin).host : origin;
}
