import type { RunFailure } from '../../core/run/failure';
import type { ConnectionReport } from '../../core/run/ports';

/** The report of a connection's test while it grows, layer by layer. */
export class ConnectionChecks {
	readonly #checks: { readonly layer: string; readonly isOk: boolean; readonly detail: string }[] = [];

	pass(layer: string, detail: string): void {
		this.#checks.push({ layer, isOk: true, detail });
	}

	/** Everything that was checked is well. `rest`: model ids that are listed, and what the check could not find out. */
	report(rest: Pick<ConnectionReport, 'models' | 'untested'> = {}): ConnectionReport {
		return { checks: this.#checks, ...rest };
	}

	/** Ends the test at a layer. */
	fail(layer: string, failure: RunFailure, models?: readonly string[]): ConnectionReport {
		this.#checks.push({ layer, isOk: false, detail: failure.message });
		return { ...this.report(models ? { models } : {}), failure };
	}
}
