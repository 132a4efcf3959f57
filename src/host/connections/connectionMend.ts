import { otherScope } from '../../core/connection/azureCloud';
import type { Connection } from '../../core/connection/connection';
import { assertNever } from '../../core/result';
import type { RunFailure } from '../../core/run/failure';
import type { EntryPatch } from './connectionEntries';

/** A change of a connection's entry that a host's answer calls for. */
export type ConnectionMend = 'previewApi' | 'v1Api' | 'otherScope';

const mends: Readonly<Record<string, ConnectionMend>> = {
	apiVersionRequired: 'previewApi',
	apiVersionUnsupported: 'v1Api',
	wrongAudience: 'otherScope',
};

/** The change that would help after a failure of `connection`; `undefined`: none that we know. */
export function mendFor({ code }: Pick<RunFailure, 'code'>, connection: Connection): ConnectionMend | undefined {
	const mend = mends[code ?? ''];
	return mend && patchOf(mend, connection) ? mend : undefined;
}

/** What a change writes into the entry; `undefined`: it does not apply to this connection. */
export function patchOf(mend: ConnectionMend, { kind, api, auth, scope }: Connection): EntryPatch | undefined {
	if (kind !== 'azure') {
		return undefined;
	}
	switch (mend) {
		case 'previewApi':
			return api === undefined || api === 'v1' ? { api: 'preview' } : undefined;
		case 'v1Api':
			return api === 'preview' ? { api: 'v1' } : undefined;
		case 'otherScope': {
			const other = scope !== undefined && (auth === 'microsoft' || auth === 'azureDefault') ? otherScope(scope) : undefined;
			return other === undefined ? undefined : { scope: other };
		}
		default:
			return assertNever(mend);
	}
}
