export interface PackageEntry {
	/** Path in the archive; what is ours is below `extension/`. */
	readonly name: string;
	/** Uncompressed. */
	readonly bytes: number;
	content(): Buffer;
}

export function packageEntries(path: string): readonly PackageEntry[];
