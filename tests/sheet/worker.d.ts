// What the server writes before the service worker's text (SheetFiles.cs).
declare const VERSION: string;
declare const FILES: string[];
