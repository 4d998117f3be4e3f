import { expect, test, vi } from 'vitest';
import { answerNames } from './leak-answers.ts';
import { answerCalled, openLeakGround } from './leak-ground.ts';
import { census } from './leak-search.ts';

vi.setConfig({ testTimeout: 200_000 });
test('x', async () => {
	await using g = await openLeakGround('s3');
	let t = performance.now();
	const run = await g.try(['run', 'answers.yaml', '--json']);
	console.log(run.code, run.out.slice(-300), run.leaks, run.places, performance.now() - t);
	t = performance.now();
	const u = await g.try(['undo', '--yes', '--json']);
	console.log(u.code, u.places, u.leaks, performance.now() - t);
	const at = run.places.find(p => p.includes('PATCH'));
	for (const name of answerNames) {
		t = performance.now();
		const r = await g.try(['run', 'answers.yaml', '--json'], { at: at!, answer: answerCalled(name) });
		console.log(name, r.code, r.leaks, performance.now() - t);
	}
	console.log(census);
});
