import * as vscode from 'vscode';
import { formatPrice, type PriceForm } from '../../core/plan/formatPrice';
import type { Price } from '../../core/plan/plan';

/** A price in the user's language. */
export function priceLabel(price: Price, form: PriceForm): string {
	switch (price.kind) {
		case 'free':
			return vscode.l10n.t('free');
		case 'unknown':
			return vscode.l10n.t('price unknown');
		case 'estimate':
			return formatPrice(price, form, vscode.env.language);
	}
}
