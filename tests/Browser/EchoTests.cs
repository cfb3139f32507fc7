using AV1Relay.Tests.Rig;
using Xunit;

namespace AV1Relay.Tests.Browser;

/// <summary>The library's echo peer, as its README shows it, with a real browser at the other end.</summary>
[Collection(Calls.Name)]
public sealed class EchoTests
{
    /// <summary>Camera and microphone go out, what comes back goes into an element; waits half a minute at most.</summary>
    private const string Call = """
        async address => {
          const mine = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 }, audio: true });
          const connection = new RTCPeerConnection();
          const back = new MediaStream();
          connection.ontrack = event => back.addTrack(event.track);
          for (const track of mine.getTracks()) connection.addTrack(track, mine);
          await connection.setLocalDescription();
          const reply = await fetch(address, { method: 'POST', body: connection.localDescription.sdp });
          if (!reply.ok) return { problem: await reply.text() };
          await connection.setRemoteDescription({ type: 'answer', sdp: await reply.text() });
          const video = document.createElement('video');
          video.muted = true;
          video.srcObject = back;
          document.body.append(video);
          video.play();
          const until = performance.now() + 30000;
          while (performance.now() < until) {
            await new Promise(done => setTimeout(done, 200));
            const reports = [...(await connection.getStats()).values()].filter(report => report.type === 'inbound-rtp');
            const picture = reports.find(report => report.kind === 'video'), sound = reports.find(report => report.kind === 'audio');
            if ((picture?.framesDecoded ?? 0) >= 30 && (sound?.packetsReceived ?? 0) >= 50) {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
              canvas.getContext('2d').drawImage(video, 0, 0);
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let bright = 0;
              for (let i = 0; i < pixels.length; i += 4) if (pixels[i] + pixels[i + 1] + pixels[i + 2] > 96) bright++;
              return { width: canvas.width, height: canvas.height, bright: bright / (canvas.width * canvas.height), lost: picture.packetsLost + sound.packetsLost };
            }
          }
          return { problem: JSON.stringify([...(await connection.getStats()).values()].filter(report => /rtp|candidate-pair|transport/.test(report.type))) };
        }
        """;

    [Fact]
    public async Task A_page_sees_its_own_camera_come_back()
    {
        var address = $"http://127.0.0.1:{FreePorts.Tcp()}/";
        await using var echo = ChildProcess.Start("webrtc-echo", Programs.Echo, address);
        await echo.WaitForLineAsync(new("^POST an offer"), TimeSpan.FromSeconds(20));
        await using var pupil = await PupilPage.LaunchAsync();
        // The peer serves no page; one from its own address may ask for a camera, and needs nobody's leave to call it.
        await pupil.Page.RouteAsync("**/*", route => route.Request.Method == "GET"
            ? route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><body>" })
            : route.ContinueAsync());
        await pupil.Page.GotoAsync(address);

        var seen = await pupil.Page.EvaluateAsync<Seen>(Call, address);

        Assert.True(seen.Problem is null, $"{seen.Problem}\n{echo.Describe("was called")}");
        Assert.True(seen is { Width: > 0, Height: > 0 });
        Assert.InRange(seen.Bright, 0.2, 1); // the fake camera's green field, not a black frame
        Assert.InRange(seen.Lost, 0, 5);
    }

    private sealed record Seen
    {
        public string? Problem { get; init; }

        public int Width { get; init; }

        public int Height { get; init; }

        public double Bright { get; init; }

        public int Lost { get; init; }
    }
}
