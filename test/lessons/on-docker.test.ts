import { describeLessonsOn } from './prove-lessons.ts';

await describeLessonsOn('docker');
