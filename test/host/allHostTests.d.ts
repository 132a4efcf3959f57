/** Made by esbuild.js from all `*.hostTest.ts` files, so that no list of tests is kept by hand. */
declare module 'all-host-tests' {
	export const testFiles: readonly { readonly file: string; readonly load: () => unknown }[];
}
