/**
 * The script that pages of the vendor's customers load, by its old name. Source: seed 003, section 9: `voicenterMonitor` with
 * `connect`, `loginUserCode` and the callbacks there, and `voicenterAsyncLoad`, which is called when all is there. It is
 * written for browsers of any age, as such pages are.
 */
export const LISTENER_SCRIPT_PATH = '/voicenterMonitorListener.js';

/** Where our own socket client is, beside the script. */
export const SOCKET_CLIENT_PATH = '/socket.io/socket.io.js';

export const LISTENER_SCRIPT = `(function () {
  'use strict';
  var here = document.currentScript || document.querySelector('script[src*="voicenterMonitorListener"]');
  var origin = new URL(here && here.src ? here.src : '/', window.location.href).origin;
  // The page may have a client of its own, and keeps it.
  var connectTo;

  function voicenterMonitor() {
    this.socket = null;
    this.login = null;
  }

  voicenterMonitor.prototype = {
    connect: function () {
      var self = this;
      if (self.socket) self.socket.disconnect();
      var socket = connectTo(origin, { transports: ['websocket'], forceNew: true });
      self.socket = socket;
      var pass = function (event, callback) {
        socket.on(event, function (data) {
          call(self, callback, [data]);
        });
      };
      socket.on('connect', function () {
        self.asked = false;
        call(self, 'onConnect', [0, 'OK']);
        // Who was logged in before the connection broke is so again, unless the page saw to that.
        if (self.login && !self.asked) socket.emit(self.login.event, self.login.data);
      });
      socket.on('connect_error', function (error) {
        call(self, 'onConnect', [1, error && error.message]);
      });
      socket.on('disconnect', function (reason) {
        call(self, 'onDisconnect', [reason]);
      });
      socket.on('loginResponse', function (answer) {
        if (answer.errorCode !== 0) self.login = null;
        call(self, 'onLoginResponse', [answer.errorCode, answer.errorDesc]);
      });
      socket.on('ExtensionsUpdated', function () {
        self.resync();
      });
      socket.on('QueuesUpdated', function () {
        self.resync();
      });
      pass('ExtensionEvent', 'onExtensionEvent');
      pass('AllExtensionsStatus', 'onAllExtensionsEvent');
      pass('QueueEvent', 'onQueueEvent');
      pass('loginStatus', 'onAllQueuesEvent');
      pass('DialerEvent', 'onDialerEvent');
    },
    loginUserCode: function (code) {
      this.send('loginUserCode', { code: code });
    },
    loginUser: function (email, password) {
      this.send('loginUser', { email: email, password: password });
    },
    loginAccount: function (username, password) {
      this.send('loginAccount', { username: username, password: password });
    },
    resync: function () {
      if (this.socket) this.socket.emit('resync', { cache: false });
    },
    updateMonitoredExtensions: function (list) {
      if (this.socket) this.socket.emit('updateMonitoredExtensions', { extensionsString: String(list) });
    },
    disconnect: function () {
      if (this.socket) this.socket.disconnect();
      this.socket = null;
      this.login = null;
    },
    send: function (event, data) {
      if (!this.socket) throw new Error('voicenterMonitor: call connect() first.');
      this.login = { event: event, data: data };
      if (!this.socket.connected) return;
      this.asked = true;
      this.socket.emit(event, data);
    }
  };

  function call(listener, name, values) {
    if (typeof listener[name] === 'function') listener[name].apply(listener, values);
  }

  function ready() {
    window.voicenterMonitor = voicenterMonitor;
    // What a browser has kept is there before the rest of the page is read, where the function is.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
    else begin();
  }

  function begin() {
    if (typeof window.voicenterAsyncLoad === 'function') window.voicenterAsyncLoad();
  }

  var before = window.io;
  var client = document.createElement('script');
  client.src = origin + '${SOCKET_CLIENT_PATH}';
  client.onload = function () {
    connectTo = window.io;
    if (before) window.io = before;
    ready();
  };
  client.onerror = function () {
    if (window.console) window.console.error('voicenterMonitor: ' + client.src + ' cannot be loaded.');
  };
  document.head.appendChild(client);
})();
`;
