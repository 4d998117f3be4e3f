import { test, expect } from 'vitest';
import { startPractice } from '/work/main/source/practice/practice.ts';
import { makeHome } from '/work/main/tests/matrices/program.ts';
import { stateOf } from '/work/main/tests/matrices/state.ts';
test('probe', { timeout: 60000 }, async () => {
	let t = performance.now(); const lap = (w: string) => { const n = performance.now(); console.log(w, Math.round(n - t)); t = n; };
	const practice = await startPractice({ scenario: 's3', storkInterval: 50 });
	lap('practice');
	for (const [store, extra] of [['s3', {}], ['s3', { pair: { login: 'service-account', back: {} } }]] as const) {
	const home = await makeHome(practice.kubeconfig, store, extra);
	const s0 = stateOf(practice);
	for (let i = 0; i < 3; i++) {
		const from = [practice.clusters.east.requests.length, practice.clusters.west.requests.length];
		const ran = await home.start(['run', 'answers.yaml', '--json']).ended;
		lap('run ' + ran.code + ' ' + ran.lines.filter(l => !['step-waiting','step-noted'].includes(l.type)).length + ran.err);
		const reqs = [practice.clusters.east.requests.slice(from[0]), practice.clusters.west.requests.slice(from[1])];
		console.log(reqs.map(r => r.length + ' of which exec ' + r.filter(q => q.url.includes('/exec?')).length + ' ssar ' + r.filter(q => q.url.includes('selfsubjecta')).length + ' writes ' + r.filter(q => q.method !== 'GET' && !q.url.includes('selfsubj')).map(q => q.method + ' ' + q.url.split('?')[0])));
		if (ran.code) console.log(JSON.stringify(ran.lines.at(-1)));
		const end = stateOf(practice);
		const id = (await home.records()).at(-1)!;
		const un = await home.start(['undo', id, '--yes', '--json']).ended;
		lap('undo ' + un.code + un.err);
		const s1 = stateOf(practice);
		console.log('end lines', end.length, 'new', end.filter(l => !s0.includes(l)).map(l => l.slice(0, 300)));
		console.log('left', s1.filter(l => !s0.includes(l)), 'gone', s0.filter(l => !s1.includes(l)), await home.standing(id));
	}
	}
	await practice.close();
	lap('close');
});
