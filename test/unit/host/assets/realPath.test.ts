import * as assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existingParent, isReallyInside, localPath } from '../../../../src/host/assets/realPath';

suite('isReallyInside', () => {
	let folder: string;
	let root: string;

	setup(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), 'real-path-')));
		root = join(folder, 'workspace');
		await mkdir(join(root, 'docs'), { recursive: true });
		await mkdir(join(root, '.git', 'hooks'), { recursive: true });
		await mkdir(join(root, '.VSCode'));
		await symlink(join(root, '.git', 'hooks'), join(root, 'hooks'));
		await symlink('../.git', join(root, 'docs', 'history'));
		await symlink(join(root, '.VSCode'), join(root, 'editor'));
		await mkdir(join(folder, 'outside'));
		await mkdir(join(folder, 'workspace-2'));
		await symlink(join(folder, 'outside'), join(root, 'escape'));
		await symlink(join(folder, 'workspace-2'), join(root, 'sibling'));
		await symlink(join(root, 'docs'), join(root, 'inner'));
		await symlink(join(folder, 'nowhere'), join(root, 'dangling'));
		await symlink(root, join(folder, 'alias'));
		await symlink('../..', join(root, 'docs', 'up'));
	});

	teardown(() => rm(folder, { recursive: true }));

	for (const [path, expected] of [
		['a.png', true],
		['docs/a.png', true],
		['new/deep/folder/a.png', true],
		['inner/a.png', true],
		['inner/new/a.png', true],
		['escape/a.png', false],
		['escape/new/deep/a.png', false],
		['sibling/a.png', false],
		['dangling/a.png', false],
		['dangling/new/a.png', false],
		['docs/up/a.png', false],
		['docs/up/outside/a.png', false],
		['docs/up/workspace/a.png', true],
		['hooks/a.png', false],
		['hooks/new/a.png', false],
		['docs/history/refs/a.png', false],
		['editor/a.png', false],
	] as const) {
		test(`${path} ${expected ? 'may' : 'may not'} be written`, async () => {
			assert.equal(await isReallyInside(root, localPath(root, path)), expected);
		});
	}

	test('a workspace folder that is itself a link is compared by its real path', async () => {
		const alias = join(folder, 'alias');
		assert.equal(await isReallyInside(alias, join(alias, 'docs', 'a.png')), true);
		assert.equal(await isReallyInside(alias, join(alias, 'escape', 'a.png')), false);
	});

	test('a root that is gone rejects with the system’s error', async () => {
		await assert.rejects(isReallyInside(join(folder, 'gone'), join(folder, 'gone', 'a.png')), { code: 'ENOENT' });
	});

	test('a file in the place of a folder rejects with the system’s error', async () => {
		await writeFile(join(root, 'file'), '');
		await assert.rejects(isReallyInside(root, join(root, 'file', 'new', 'a.png')), { code: 'ENOTDIR' });
	});

	test('existingParent is the deepest folder that is there', async () => {
		assert.equal(await existingParent(join(root, 'docs', 'new', 'deep', 'a.png')), join(root, 'docs'));
		assert.equal(await existingParent(join(root, 'a.png')), root);
	});
});
