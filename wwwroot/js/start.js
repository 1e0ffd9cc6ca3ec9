// Starts the page's circuit.
Blazor.start();
