// Keeps the page's peer connections in sight of the rig, for their statistics. Runs before the page's own scripts.
(() => {
  const connections = (window.rigConnections = []);
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, newTarget) {
      const connection = Reflect.construct(target, args, newTarget);
      connections.push(connection);
      if (connections.length > 50) connections.shift();
      return connection;
    },
  });
})();
