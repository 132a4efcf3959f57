/** At most `maxBytes` of a body as text. A body that breaks off gives what came; the rest of a longer one is not waited for. */
export async function readBounded(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	const reader = body?.getReader();
	let length = 0;
	try {
		while (reader && length < maxBytes) {
			const { done, value } = await reader.read();
			if (done) {
				break;
			}
			chunks.push(value);
			length += value.length;
		}
	} catch {
		// The status has told that it is an error; half of its words are better than none.
	}
	await reader?.cancel().catch(() => undefined); // a body that has failed can't be cancelled, and needn't be
	return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}
