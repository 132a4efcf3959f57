import type { Connection, Credential } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { HostError } from './hostError';

/** An answer that brings no picture, as the host told it. */
export interface HostAnswer {
	/** Absent: the error came inside an answer of status 200. */
	readonly status?: number;
	readonly error: HostError;
	/** By which it was asked. */
	readonly connection: Connection;
	/** On whose account: nothing of its secret gets into a message. */
	readonly credential: Credential;
	/** Address that was asked, without its query; absent: that of pictures. */
	readonly url?: string;
	/** Model that was asked for, where it is another than the connection's; empty when the server was told none. */
	readonly model?: string;
	/** `WxH` that was asked for, when a size was. */
	readonly size?: string;
	/** Where a redirect points, without what follows the path. */
	readonly location?: string;
	readonly retryAfterMs?: number;
	/** Milliseconds since the epoch: whether a token has expired. */
	readonly now?: number;
}

/** What an answer comes to. */
export interface Verdict {
	readonly kind: RunFailure['kind'];
	readonly message: string;
	/** A name of ours goes before the host's own code. */
	readonly code?: string;
	readonly parameter?: string;
	readonly moderation?: NonNullable<RunFailure['moderation']>;
	/** The host says when to come back, and did nothing. */
	readonly isRepeatable?: boolean;
}

/** Gives its verdict, or leaves the answer to the next rule. */
export type Rule = (answer: HostAnswer) => Verdict | undefined;
