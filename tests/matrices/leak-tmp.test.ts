import { test, vi } from 'vitest';
import { openLeakGround, answerCalled } from './leak-ground.ts';
vi.setConfig({ testTimeout: 200_000 });
process.on('unhandledRejection', () => console.log('UNHANDLED'));
test('x', async () => {
	await using g = await openLeakGround('s3');
	const at = 'east PATCH /apis/stork.libopenstorage.org/v1alpha1/namespaces/migrationnamespace/clusterpairs/remotecluster';
	for (const name of ['reset', 'reset', 'reset', 'reset', 'answer lost'] as const) {
		const r = await g.try(['run', 'answers.yaml', '--json'], { at, answer: answerCalled(name) });
		console.log(name, r.code);
		await g.try(['undo', '--yes', '--json']);
	}
});
