import { asRecord, asText } from '../answer/json';

/** One model of a host's list. */
export interface ListedModel {
	readonly id: string;
	/** `YYYY-MM-DD` */
	readonly shutDown: string | undefined;
}

const maxIdLength = 200;

/** OpenAI's `{data: [{id, shutdown_date?}]}`, or a bare list. `undefined`: it is neither. */
export function readModelList(text: string): readonly ListedModel[] | undefined {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return undefined; // a page, or words: no list
	}
	const list = asRecord(value)?.data ?? asRecord(value)?.models ?? value;
	return Array.isArray(list) ? list.flatMap(readModel) : undefined;
}

/** What is too long or has no form that we know is no id and no date, and must not get into a message. */
function readModel(entry: unknown): readonly ListedModel[] {
	const fields = asRecord(entry);
	const id = asText(fields?.id) ?? asText(fields?.name) ?? asText(entry);
	const date = asText(fields?.shutdown_date);
	return id === undefined || id.length > maxIdLength || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(id)
		? []
		: [{ id, shutDown: date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : undefined }];
}
