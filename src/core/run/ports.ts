import type { Connection, Credential, HostKind } from '../connection/connection';
import type { PictureFacts } from '../image/imageFormat';
import type { PlannedRequest } from '../plan/plan';
import type { Result } from '../result';
import type { RunFailure } from './failure';
import type { Usage } from './runResult';

/** A picture that lies complete in the run's folder under its final name. */
export interface StoredPicture extends PictureFacts {
	readonly role: 'partial' | 'final';
	/** Zero-based number of the candidate. */
	readonly candidate: number;
	/** File name inside the run's folder. */
	readonly fileName: string;
	readonly bytes: number;
	readonly sha256: string;
	/** Absolute path of the folder on another disk in which it lies, because the run's folder could not take it. */
	readonly rescuedTo?: string;
}

/** Takes the decoded bytes of one picture as they arrive. Bytes are on disk (spooled) before the picture is known to be whole. */
export interface PictureWriter {
	/** Keeps a reference to `bytes` until they are written; the caller must not change them. Awaiting gives back-pressure. */
	write(bytes: Uint8Array): void | Promise<void>;
	/**
	 * Ends the picture: flushes, verifies, renames to the final name. Fails with `notAPicture` when the content is no known
	 * picture type, `incomplete` when the end marker is missing; the spooled bytes stay in the folder in both cases.
	 */
	finish(): Promise<PictureOutcome>;
	/** Ends without verification (cut off, cancelled); what arrived stays in the folder. */
	abandon(): Promise<void>;
}

export type PictureOutcome =
	| { readonly kind: 'stored'; readonly picture: StoredPicture }
	| { readonly kind: 'notAPicture'; readonly detail: string }
	| { readonly kind: 'incomplete'; readonly bytes: number };

/** Where a provider puts the pictures of one run. */
export interface PictureSpool {
	open(role: 'partial' | 'final', candidate: number): PictureWriter;
}

/** What a provider tells while it works. */
export type ProviderProgress =
	/** From here on the host may have the request: a loss of the connection is `uncertain`. */
	| { readonly kind: 'left' }
	/** Headers arrived. */
	| { readonly kind: 'accepted'; readonly requestIds: readonly string[] }
	| { readonly kind: 'picture'; readonly picture: StoredPicture };

/** One request to one host. Made once; a provider never repeats it on its own. */
export interface ProviderCall {
	readonly connection: Connection;
	readonly credential: Credential;
	readonly request: PlannedRequest;
	/** Deadline for the whole call. */
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
	readonly spool: PictureSpool;
	readonly onProgress: (progress: ProviderProgress) => void;
}

/** Parameters as the host resolved them; each is optional because hosts tell different ones. */
export interface ActualParameters {
	readonly size?: string;
	readonly quality?: string;
	readonly format?: string;
	readonly background?: string;
}

/** What came back, whatever it was: a picture that arrived before a failure is in `pictures` too. */
export interface ProviderAnswer {
	/** Final pictures that are whole. */
	readonly pictures: readonly StoredPicture[];
	readonly actual: ActualParameters;
	readonly usage?: Usage;
	readonly requestIds: readonly string[];
	/** Absent: every expected picture arrived and was verified. */
	readonly failure?: RunFailure;
	/** The signal ended it. */
	readonly isCancelled?: boolean;
	/** The request may have been processed (it left). With `failure.kind` `unreachable` this is false. */
	readonly hasLeft: boolean;
	/**
	 * The host provably did not process the request, and said when to come back or could not be reached at all: the one
	 * case in which a repetition is allowed. Milliseconds to wait at least.
	 */
	readonly retryAfterMs?: number;
}

/** A kind of host that turns a request into pictures. */
export interface ImageProvider {
	readonly kind: HostKind;
	send(call: ProviderCall): Promise<ProviderAnswer>;
	/** A free check: reachability, TLS, credential, model list. Sends nothing that costs. */
	test(connection: Connection, credential: Credential, signal: AbortSignal): Promise<ConnectionReport>;
}

/** One line per layer that was checked, in order; the first failed one ends the check. */
export interface ConnectionReport {
	readonly checks: readonly { readonly layer: string; readonly isOk: boolean; readonly detail: string }[];
	readonly failure?: RunFailure;
	/** Model ids that the host lists, when it does. */
	readonly models?: readonly string[];
	/** What a free check could not find out, as a sentence. */
	readonly untested?: string;
}

/** Which access token is wanted. */
export interface TokenRequest {
	/** Such as `https://ai.azure.com/.default`. */
	readonly scope: string;
	readonly tenantId?: string;
	/** Origin that issues the token, such as `https://login.microsoftonline.com`. */
	readonly authority: string;
	readonly signal: AbortSignal;
}

/** Finds credentials on this machine and turns them into access tokens. */
export interface TokenSource {
	/** A `token` credential, or a `notSignedIn` failure that says of each way that was tried why it gave none. */
	token(request: TokenRequest): Promise<Result<Credential, RunFailure>>;
	/** Keeps no token any longer: the host has refused the last one. */
	forget(): void;
}

/** Time, so that tests own it. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Rejects with the signal's reason when aborted. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}
