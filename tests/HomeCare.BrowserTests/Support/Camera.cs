using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Support;

/// <summary>What a tablet's camera hands over: a large JPEG that says where and with what it was taken.</summary>
internal static class Camera
{
    /// <summary>Where it was taken, as it stands in the file.</summary>
    public const string Secret = "35.6586N 139.7454E";

    /// <summary>A photograph, drawn by the browser itself.</summary>
    public static async Task<FilePayload> PhotoAsync(IPage page, int width = 2400, int height = 1800)
    {
        var drawn = Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            ([width, height]) => {
              const canvas = document.createElement('canvas');
              canvas.width = width; canvas.height = height;
              const d = canvas.getContext('2d');
              d.fillStyle = '#c98f78'; d.fillRect(0, 0, width, height);
              for (let i = 0; i < 6000; i++) {
                d.fillStyle = `hsl(${10 + Math.random() * 30} ${40 + Math.random() * 40}% ${30 + Math.random() * 40}%)`;
                d.fillRect(Math.random() * width, Math.random() * height, 4 + Math.random() * 60, 4 + Math.random() * 60);
              }
              d.fillStyle = '#7d1f1a'; d.beginPath(); d.ellipse(width / 2, height / 2, width / 6, height / 8, 0.4, 0, 7); d.fill();
              return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
            }
            """, new[] { width, height }));
        byte[] beside = [.. "Exif\0\0"u8, .. System.Text.Encoding.ASCII.GetBytes(Secret)];
        byte[] file = [.. drawn[..2], 0xFF, 0xE1, (byte)((beside.Length + 2) >> 8), (byte)(beside.Length + 2), .. beside, .. drawn[2..]];
        return new FilePayload { Name = "IMG_0001.JPG", MimeType = "image/jpeg", Buffer = file };
    }

    /// <summary>Takes it on the open sheet; it is on the device when this returns.</summary>
    public static async Task TakeAsync(IPage page, FilePayload? photo = null)
    {
        var before = await page.Locator("figure.photo").CountAsync();
        await page.Locator("#f-photo").SetInputFilesAsync(photo ?? await PhotoAsync(page));
        await page.Locator("figure.photo").Nth(before).WaitForAsync(new() { Timeout = 60_000 });
    }
}
