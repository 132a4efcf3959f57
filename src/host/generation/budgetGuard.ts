import type { Plan } from '../../core/plan/plan';
import { budgetFailure, excessOf, hasCeiling, raisedCeilings, type BudgetExcess, type Ceilings } from '../../core/run/budget';
import { reservationFor } from '../../core/run/budgetReservation';
import { spentToday, type Spent } from '../../core/run/budgetSpent';
import type { RunFailure } from '../../core/run/failure';
import type { Clock } from '../../core/run/ports';
import type { Ledger } from '../../core/run/records';
import { StorageError } from '../../core/run/storageError';
import type { BudgetSettings } from '../connections/parseSettings';

/** Whether a run may be claimed, and under which ceilings. */
export type BudgetAnswer =
	| { readonly kind: 'allowed'; readonly ceilings: Ceilings }
	| { readonly kind: 'refused'; readonly failure: RunFailure }
	/** A person was asked, and did not want to send it. */
	| { readonly kind: 'declined' };

/** What the guard needs. */
export interface BudgetGuardPorts {
	readonly ledger: Pick<Ledger, 'read'>;
	readonly clock: Pick<Clock, 'now'>;
	/** The user's settings at this moment. */
	settings(): BudgetSettings;
	/** Asks a person whether to send a run that is over a ceiling. */
	ask(excess: BudgetExcess, ceilings: Ceilings): Promise<boolean>;
}

/**
 * Looks at the user's ceilings before a run is claimed, so that a person can be asked. It reserves nothing: what was allowed here
 * is checked again when the run is claimed.
 */
export class BudgetGuard {
	readonly #ports: BudgetGuardPorts;

	constructor(ports: BudgetGuardPorts) {
		this.#ports = ports;
	}

	/** `isInteractive`: a person is there to be asked; code is refused instead. */
	async check(plan: Plan, isInteractive: boolean): Promise<BudgetAnswer> {
		const { ceilings, onExceed } = this.#ports.settings();
		const reservation = reservationFor(plan);
		if (!hasCeiling(ceilings) || reservation.usd === 0) {
			return { kind: 'allowed', ceilings };
		}
		const spent = await this.#read();
		if (spent instanceof StorageError) {
			const message = `Nothing was sent, because what today’s runs have cost could not be read. ${spent.message}`;
			return { kind: 'refused', failure: { kind: 'notConfigured', message } };
		}
		const excess = excessOf(ceilings, reservation, spent);
		if (!excess) {
			return { kind: 'allowed', ceilings };
		}
		if (!isInteractive || (onExceed === 'refuse' && excess.kind !== 'unknownPrice')) {
			return { kind: 'refused', failure: budgetFailure(excess) };
		}
		const isAllowed = await this.#ports.ask(excess, ceilings);
		return isAllowed ? { kind: 'allowed', ceilings: raisedCeilings(ceilings, reservation, spent) } : { kind: 'declined' };
	}

	async #read(): Promise<Spent | StorageError> {
		try {
			return await spentToday(this.#ports.ledger, this.#ports.clock.now());
		} catch (error) {
			if (!(error instanceof StorageError)) {
				throw error;
			}
			return error;
		}
	}
}
